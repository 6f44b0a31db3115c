"""Changing the organisation's policy."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django.utils.translation import gettext as _

from caseway.accounts.changing import differences, note, refuse_stale, settings_held
from caseway.accounts.events import SettingChanged
from caseway.accounts.models import Organisation
from caseway.accounts.permissions import Permission
from caseway.accounts.policy import Policy
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid, NotAllowed
from caseway.core.fingerprints import fingerprint
from caseway.core.transactions import action

from .wording import CHOICES


def version_of(policy: Policy) -> int:
    """A number that moves with the policy."""
    return fingerprint(asdict(policy))


@action
def change(values: Mapping[str, Any], *, by: Viewer, version: int | None) -> Policy:
    """Change those choices of the organisation's policy that are given; they hold at once.

    `version` is the one that was read, None takes any. Raises NotFound and NotAllowed for whoever
    may not, Invalid by field, and Stale with what is stored where somebody else was quicker.
    """
    by = settings_held(by, Permission.SETTINGS)
    organisation = Organisation.objects.get(pk=by.us)
    before = organisation.policy
    refuse_stale(version_of(before), version, asdict(before))
    after = replace(before, **_checked(values, before))
    changes = differences(_plain(before), _plain(after))
    if changes:
        unknown = {k: v for k, v in organisation.stored_policy.items() if k not in asdict(before)}
        organisation.stored_policy = after.differences() | unknown
        organisation.save(update_fields=["stored_policy"])
        note(SettingChanged(topic="policy", key=organisation.pk), by, "", changes)
    return after


def _checked(values: Mapping[str, Any], stored: Policy) -> dict[str, Any]:
    """The values that may be. Raises Invalid with all that is wrong, NotAllowed for what isn't ours."""
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, value in values.items():
        choice = CHOICES.get(name)
        if choice is None:
            wrong[name] = _("There is no such policy.")
            continue
        try:
            found[name] = choice.checked(value)
        except Invalid as invalid:
            wrong |= invalid.errors
            continue
        if choice.given and found[name] != getattr(stored, name):
            raise NotAllowed(_("Only the system administrator changes this."))
    if wrong:
        raise Invalid(wrong)
    return found


def _plain(policy: Policy) -> dict[str, Any]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(policy).items()}
