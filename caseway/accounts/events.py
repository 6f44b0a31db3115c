"""What happens to organisations and to people's sign-ins."""

from dataclasses import dataclass

from caseway.core.events import Event


@dataclass(frozen=True, kw_only=True)
class OrganisationAdded(Event):
    """A new tenant is there; the slices above give it the lists that it begins with."""

    kind = "organisation.added"

    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorReset(Event):
    """An administrator took a lost second factor from somebody."""

    kind = "person.second_factor_reset"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorChanged(Event):
    """Somebody added or removed a second factor of their own; `what` is allauth's name of it."""

    kind = "person.second_factor_changed"

    person_id: int
    what: str


@dataclass(frozen=True, kw_only=True)
class BrandChanged(Event):
    """An administrator changed a brand; `fields` names what, separated by commas."""

    kind = "brand.changed"

    brand_id: int
    fields: str


@dataclass(frozen=True, kw_only=True)
class SettingEvent(Event):
    """Somebody changed a setting: `topic` is the sort of thing, `key` its id."""

    topic: str
    key: int


class SettingAdded(SettingEvent):
    """There is one more."""

    kind = "setting.added"


class SettingChanged(SettingEvent):
    """One is different now, or stands elsewhere in its list."""

    kind = "setting.changed"


class SettingRemoved(SettingEvent):
    """One that nothing referred to is gone."""

    kind = "setting.removed"


class PersonInvited(SettingEvent):
    """Somebody was asked to the desk; the key is their seat's."""

    kind = "person.invited"


class PartnerInvited(SettingEvent):
    """A partner by e-mail was asked to a desk of its own; the key is the invitation's."""

    kind = "partner.invited"


class PartnerJoined(SettingEvent):
    """A partner by e-mail signs in from now on; the key is the partnership's."""

    kind = "partner.joined"
