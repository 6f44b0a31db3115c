"""Asking to join, and what the worker answers."""

from procrastinate.contrib.django import app

from caseway.accounts.models import Brand, Organisation, Person
from caseway.accounts.sign_in.lockout import locked_out
from caseway.core import limits
from caseway.core.clock import now
from caseway.core.events import react
from caseway.core.transactions import action
from caseway.customers.events import SignUpOfKnown
from caseway.customers.invitations.actions import send
from caseway.customers.invitations.rules import good_address, good_name
from caseway.customers.models import Contact, CustomerAccount, Invitation, SignUpDomain, SignUpRequest

ASKED_BY_ADDRESS = 3
ASKED_BY_CLIENT = 20
HOUR = 3600


def ask_to_join(
    name: str, address: str, *, organisation: Organisation | None, client: str, language: str
) -> None:
    """Take a request to join; the worker mails a link if an account takes such addresses in.

    Does the same for every address. Raises Invalid at `name` or `email`, TooMany after three requests
    for one address, or twenty of one client, within an hour.
    """
    name, address = good_name(name), good_address(address)
    for key, most in (
        (f"sign-up address {address}", ASKED_BY_ADDRESS),
        (f"sign-up client {client}", ASKED_BY_CLIENT),
    ):
        if limits.count(key, HOUR) > most:
            raise locked_out(limits.seconds_left(key))
    _keep_request(name, address, organisation, language)


@action
def _keep_request(name: str, address: str, organisation: Organisation | None, language: str) -> None:
    request = SignUpRequest.objects.create(
        organisation=organisation, address=address, name=name, language=language
    )
    app.configure_task("customers.answer_sign_up", queue="mail").defer(request_id=request.pk)


@action
def answer(request_id: int) -> None:
    """Answer one request: a link by mail, a word that one comes in already, or nothing at all.

    Without an organisation (no brand's host was asked) every organisation whose account allows the
    domain answers. Twice is the same as once.
    """
    request = SignUpRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        return
    domain = request.address.rpartition("@")[2]
    found = SignUpDomain.objects.filter(domain=domain).select_related("organisation", "account__brand")
    if request.organisation_id is not None:
        found = found.filter(organisation=request.organisation_id)
    for allowed in found:
        _answer_for(allowed.account, allowed.organisation, request)
    request.delete()


def _answer_for(account: CustomerAccount, organisation: Organisation, request: SignUpRequest) -> None:
    known = Contact.objects.filter(organisation=organisation, email=request.address).first()
    if known is not None and not known.is_active:
        return  # an administrator let them in no more
    if known is not None and known.person_id is not None:
        react(SignUpOfKnown(contact_id=known.pk), known)
        return
    if known is not None and known.account_id not in (None, account.pk):
        return  # a contact of another account doesn't change sides by themselves
    waiting = Invitation.objects.waiting().filter(account=account, email=request.address)
    if waiting.filter(invited_by__isnull=False, expires_at__gt=now()).exists():
        return  # a colleague's link is on its way, and may carry more
    waiting.update(revoked_at=now())
    invitation = Invitation(
        organisation=organisation,
        account=account,
        brand=account.brand or Brand.objects.filter(organisation=organisation).order_by("pk").first(),
        email=request.address,
        name=request.name,
        language=_language_of(request),
    )
    send(invitation, by=None)


def _language_of(request: SignUpRequest) -> str:
    chosen = Person.objects.filter(email=request.address).values_list("language", flat=True).first()
    return chosen or request.language
