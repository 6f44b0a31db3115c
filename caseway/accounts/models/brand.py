"""Brands: the faces that an organisation shows to its customers."""

from dataclasses import dataclass

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation

WIDE = 1.5


@dataclass(frozen=True)
class Logo:
    """A brand's picture as pages show it: its address holds its content, its size is in pixels."""

    url: str
    width: int
    height: int

    @property
    def is_wide(self) -> bool:
        """Whether it stands for the name, as a lettering does, rather than beside it."""
        return self.width > WIDE * self.height


class Brand(models.Model):
    """A face of an organisation to its customers. `logo_digest` is the SHA-256 of its picture."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="brands")
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    colour = models.CharField(
        max_length=7,
        default="#0b6b75",
        validators=[RegexValidator(r"^#[0-9a-f]{6}\Z", _("Write the colour as #rrggbb."))],
    )
    host = models.CharField(
        max_length=253, unique=True, null=True, blank=True, help_text=_("Host name of the portal")
    )
    sender_name = models.CharField(max_length=120, blank=True)
    sender_address = models.EmailField(blank=True)
    logo_digest = models.CharField(max_length=64, blank=True, db_index=True, db_collation="C")
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="brand_slug")]

    def __str__(self) -> str:
        return self.name

    @property
    def logo(self) -> Logo | None:
        """Its picture, if it has one."""
        if not self.logo_digest:
            return None
        return Logo(reverse("brand_logo", args=[self.logo_digest]), self.logo_width, self.logo_height)

    @property
    def digits(self) -> str:
        """The colour as the six digits that addresses of stylesheets take."""
        return self.colour.removeprefix("#")

    @property
    def mail_name(self) -> str:
        """The name that its mails bear."""
        return self.sender_name or self.name
