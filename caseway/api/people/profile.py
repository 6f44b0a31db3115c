"""`/me`: whose token it is, and their own profile."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.accounts.keyboard.actions import use_single_keys
from caseway.accounts.models import Membership, Person
from caseway.accounts.seats import seats_of
from caseway.accounts.viewer import Viewer
from caseway.api.cases import people
from caseway.api.cases.schemas import Named
from caseway.api.http.operations import EVERY_TOKEN, Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.core.errors import Invalid
from caseway.customers.models import Contact
from caseway.customers.profile.actions import change_profile, choose_mails
from caseway.customers.profile.forms import ProfileForm, stored_of
from caseway.notifications.choosing.actions import choose
from caseway.notifications.choosing.choices import Chosen

from .notification_choices import changed, chosen_at, events_of
from .profile_schemas import Me, Notifications, NotificationsIn, ProfileChanges
from .versions import answer_of, demand_version, version_of

own_profile = Operations("People and organisations")
Place = Contact | Membership
Row = TypeVar("Row", bound=Model)
# What a contact is mailed, by the API's names and the columns' own.
MAILS = {"creation": "told_of_creation", "answers": "told_of_answers", "closing": "told_of_closing"}
AGENTS = ("owned_cases", "events", "digest_at")


@dataclass(frozen=True)
class Mine:
    """The person and the seat of the token, as stored; of an agent, what they chose to be told of."""

    viewer: Viewer
    person: Person
    place: Place
    chosen: Chosen | None


@own_profile.get("/me", scope=EVERY_TOKEN, answer=Me)
def read_me(request: ApiRequest) -> HttpResponse:
    """Read whose token this is, what it may do, and your profile."""
    return answer_of(request, _me(_mine(request.viewer)))


@own_profile.patch("/me", scope=Scope.PEOPLE_WRITE, answer=Me)
def change_me(request: ApiRequest, body: ProfileChanges) -> HttpResponse:
    """Change your name, language, time zone, mobile number, keys, and what you are told about."""
    mine = _mine(request.viewer, lock=True)
    demand_version(request, _me(mine))
    _refuse_foreign(body, mine)
    chosen = _chosen(body.notifications, mine)
    change_profile(mine.person, **_checked(mine, body))
    if body.single_keys is not None:
        use_single_keys(mine.person, on=body.single_keys)
    if chosen is not None:
        choose(chosen, by=mine.viewer)
    elif body.notifications and isinstance(mine.place, Contact):
        _choose_mails(mine.place, body.notifications)
    return answer_of(request, _me(_mine(request.viewer)))


def _mine(viewer: Viewer, *, lock: bool = False) -> Mine:
    """What is stored now; with `lock` it stays so to the transaction's end."""
    person = _stored(Person.objects.all(), lock=lock).get(pk=viewer.me)
    if viewer.is_contact:
        contacts = _stored(Contact.objects.visible_to(viewer), lock=lock)
        return Mine(viewer, person, contacts.get(pk=viewer.contact_id or 0), None)
    seats = seats_of(person).filter(organisation=viewer.us).select_related("notice_choices")
    seat = _stored(seats, lock=lock).get()
    return Mine(viewer, person, seat, chosen_at(seat, lock=lock))


def _stored(rows: QuerySet[Row], *, lock: bool) -> QuerySet[Row]:
    return rows.select_for_update(no_key=True, of=("self",)) if lock else rows


def _me(mine: Mine) -> Me:
    viewer, person, place = mine.viewer, mine.person, mine.place
    teams = place.teams.all() if isinstance(place, Membership) else ()
    mobile = person.mobile if viewer.is_agent else None
    keys = person.uses_single_keys if viewer.is_agent else None
    told = _notifications(mine)
    return Me(
        person=people.person(person, with_address=True),
        language=person.language,
        time_zone=person.time_zone,
        mobile=mobile,
        single_keys=keys,
        notifications=told,
        seat="desk" if viewer.is_agent else "portal",
        organisation=people.organisation(viewer.organisation) if viewer.organisation else None,
        contact=str(viewer.contact_id) if viewer.contact_id else None,
        administers_account=viewer.administers_account,
        permissions=sorted(viewer.permissions),
        teams=[Named(id=str(team.pk), name=team.name) for team in teams],
        scopes=sorted(viewer.scopes),
        version=version_of(person.name, person.language, person.time_zone, mobile, keys, told.model_dump()),
    )


def _notifications(mine: Mine) -> Notifications:
    if mine.chosen is None:
        told = {name: getattr(mine.place, column) for name, column in MAILS.items()}
        return Notifications(**told, **dict.fromkeys(AGENTS))
    events = events_of(mine.chosen)
    return Notifications(
        **dict.fromkeys(MAILS),
        owned_cases=events.mine.mailed,
        events=events,
        digest_at=f"{mine.chosen.digest_at:%H:%M}",
    )


def _checked(mine: Mine, body: ProfileChanges) -> dict[str, Any]:
    """The whole profile with the changes in it, as the page's form takes it. Raises Invalid by field."""
    person, seat = mine.person, mine.place if isinstance(mine.place, Membership) else None
    sent = body.model_dump(exclude_none=True, exclude={"notifications", "single_keys"})
    form = ProfileForm(stored_of(person) | sent, person=person, seat=seat)
    if foreign := sent.keys() - form.fields.keys():
        raise Invalid(dict.fromkeys(foreign, _("You have no such choice here.")))
    if not form.is_valid():
        raise Invalid({name: " ".join(map(str, messages)) for name, messages in form.errors.items()})
    return form.cleaned_data


def _refuse_foreign(body: ProfileChanges, mine: Mine) -> None:
    """Raise Invalid for the choices of another seat: nothing is lost in silence."""
    sent = body.notifications.model_dump(exclude_none=True) if body.notifications else {}
    foreign = [f"notifications.{name}" for name in sent if name in (AGENTS if mine.chosen is None else MAILS)]
    if body.single_keys is not None and mine.chosen is None:
        foreign.append("single_keys")
    if foreign:
        raise Invalid(dict.fromkeys(foreign, _("You have no such choice here.")))


def _chosen(sent: NotificationsIn | None, mine: Mine) -> Chosen | None:
    """An agent's choices with what was sent in them. Raises Invalid where it contradicts itself."""
    if sent is None or mine.chosen is None:
        return None
    return changed(mine.chosen, sent.events, owned_cases=sent.owned_cases, digest_at=sent.digest_at)


def _choose_mails(contact: Contact, sent: NotificationsIn) -> None:
    stored = {name: getattr(contact, column) for name, column in MAILS.items()}
    choose_mails(contact, **(stored | sent.model_dump(exclude_none=True)))
