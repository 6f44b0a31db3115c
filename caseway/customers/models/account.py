"""An organisation's clients and their people."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Brand, Organisation, Person
from caseway.core.clock import now
from caseway.customers.queries import ContactQuerySet, CustomerAccountQuerySet


class CustomerAccount(models.Model):
    """A client of one organisation. The segment (VIP, say) is the organisation's own word."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="customer_accounts")
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, blank=True)
    name = models.CharField(max_length=160)
    number = models.CharField(_("customer number"), max_length=60, db_collation="C")
    segment = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=now)

    objects = CustomerAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer account")
        verbose_name_plural = _("customer accounts")
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="account_number")]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """Somebody at a customer account, or a stranger who wrote to us. May have a portal sign-in."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    account = models.ForeignKey(
        CustomerAccount, models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="contacts")
    name = models.CharField(max_length=160, blank=True)
    email = models.EmailField(db_collation="C")
    phone = models.CharField(max_length=40, blank=True)
    administers_account = models.BooleanField(
        default=False, help_text=_("Sees all cases of the account in the portal")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Off: comes into the portal no more; their cases stay")
    )
    told_of_creation = models.BooleanField(_("mailed when a case of theirs is created"), default=True)
    told_of_answers = models.BooleanField(_("mailed each answer"), default=True)
    told_of_closing = models.BooleanField(_("mailed when a case of theirs is closed"), default=True)
    created_at = models.DateTimeField(default=now)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("name", "email")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "email"], name="contact_address"),
            models.UniqueConstraint(fields=["organisation", "person"], name="contact_person"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="contact_email_lower"),
        ]

    def __str__(self) -> str:
        return self.name or self.email
