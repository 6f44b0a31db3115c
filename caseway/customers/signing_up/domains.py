"""Choosing who may join an account by themselves."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from caseway.accounts.audit import record
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid, NotAllowed
from caseway.core.transactions import action
from caseway.customers.events import SignUpDomainsChanged
from caseway.customers.invitations.rules import ask_to_manage
from caseway.customers.models import CustomerAccount, SignUpDomain


@action
def choose_domains(account: CustomerAccount, domains: Sequence[str], *, by: Viewer) -> None:
    """Let people with addresses of these domains, and no others, join the account by themselves.

    Only agents choose. Raises Invalid at `domains` for one that leads to another account already.
    """
    ask_to_manage(account, by)
    if not by.is_agent:
        raise NotAllowed(_("Only customer service may change this."))
    CustomerAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
    before = set(account.sign_up_domains.values_list("domain", flat=True))
    if before == set(domains):
        return
    taken = SignUpDomain.objects.filter(organisation=account.organisation, domain__in=domains)
    if other := taken.exclude(account=account).select_related("account").first():
        message = _("%(domain)s leads to %(account)s already.")
        raise Invalid({"domains": message % {"domain": other.domain, "account": other.account}})
    account.sign_up_domains.exclude(domain__in=domains).delete()
    SignUpDomain.objects.bulk_create(
        SignUpDomain(organisation=account.organisation, account=account, domain=domain)
        for domain in set(domains) - before
    )
    record(SignUpDomainsChanged(account_id=account.pk), by=by.person, organisation=by.organisation)
