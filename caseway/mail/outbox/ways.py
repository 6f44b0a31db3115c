"""By which server a mail leaves: that of its sender's mailbox, or the installation's."""

from django.db.models import Exists, OuterRef, QuerySet

from caseway.mail.models import Delivery, SmtpAccount


def account_of(delivery_id: int) -> SmtpAccount | None:
    """The account by which this mail leaves; None for the installation's server."""
    delivery = Delivery.objects.filter(pk=delivery_id)
    found = _in_use().filter(
        mailbox__address__in=delivery.values("sender_address"),
        mailbox__organisation__in=delivery.values("organisation"),
    )
    return found.select_related("mailbox").first()


def account_in_use(account_id: int) -> SmtpAccount | None:
    """The account, unless it was switched off."""
    return _in_use().filter(pk=account_id).select_related("mailbox").first()


def accounts_in_use() -> list[int]:
    """Every account that mails leave by."""
    return list(_in_use().values_list("pk", flat=True))


def of_account(mails: QuerySet[Delivery], account: SmtpAccount) -> QuerySet[Delivery]:
    """Those that leave by this account."""
    box = account.mailbox
    return mails.filter(sender_address=box.address, organisation=box.organisation_id)


def of_installation(mails: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Those that leave by the installation's server."""
    own = _in_use().filter(
        mailbox__address=OuterRef("sender_address"), mailbox__organisation=OuterRef("organisation")
    )
    return mails.filter(~Exists(own))


def _in_use() -> QuerySet[SmtpAccount]:
    return SmtpAccount.objects.filter(is_active=True, mailbox__is_active=True)
