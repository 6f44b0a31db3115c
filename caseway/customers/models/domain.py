"""The mail domains whose people may join a customer account by themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation

from .account import CustomerAccount


class SignUpDomain(models.Model):
    """Whoever reads mail at this domain may join the account. Without any, the account takes nobody in.

    A domain leads to one account of an organisation, never to a choice between two.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    account = models.ForeignKey(CustomerAccount, models.CASCADE, related_name="sign_up_domains")
    domain = models.CharField(max_length=253, db_collation="C")

    class Meta:
        verbose_name = _("sign-up domain")
        verbose_name_plural = _("sign-up domains")
        ordering = ("domain",)
        constraints = [models.UniqueConstraint(fields=["organisation", "domain"], name="sign_up_domain_once")]

    def __str__(self) -> str:
        return self.domain
