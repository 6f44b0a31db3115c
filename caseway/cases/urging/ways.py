"""In which ways an owner can be urged, and what stands in the way of each."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from caseway.accounts.models import Person
from caseway.accounts.policy import Policy
from caseway.cases.types import UrgeWay


@dataclass(frozen=True)
class Open:
    """One way that the organisation wants; `obstacle` says why it leads nowhere now, "" where it does."""

    way: UrgeWay
    obstacle: str = ""


def configured(policy: Policy) -> list[UrgeWay]:
    """The ways that the organisation switched on, the usual one first."""
    wanted = {UrgeWay.EMAIL: policy.urging_by_mail, UrgeWay.SMS: policy.urging_by_sms}
    return [way for way, is_on in wanted.items() if is_on]


def ways_to(owner: Person, policy: Policy) -> list[Open]:
    """The organisation's ways, each with what stands in its way to this owner."""
    return [Open(way, obstacle_to(way, owner)) for way in configured(policy)]


def obstacle_to(way: UrgeWay, owner: Person) -> str:
    """Why the owner can't be reached so, in words that say who can mend it; "" where they can."""
    if way is UrgeWay.EMAIL:
        return ""
    if not settings.SENDS_SMS:
        return _("No SMS provider is set. The system administrator names one in CASEWAY_SMS_URL.")
    if not owner.mobile:
        return _("%(name)s has given no mobile number in their profile.") % {"name": owner}
    return ""
