"""`/me`: whose token it is, and their own profile."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

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
from caseway.customers.profile.actions import change_profile, choose_mails, choose_owner_mails
from caseway.customers.profile.forms import ProfileForm, stored_of

from .profile_schemas import Me, Notifications, NotificationsIn, ProfileChanges
from .versions import answer_of, demand_version, version_of

own_profile = Operations("People and organisations")
Place = Contact | Membership
Row = TypeVar("Row", bound=Model)
# What a contact is mailed, by the API's names and the columns' own.
MAILS = {"creation": "told_of_creation", "answers": "told_of_answers", "closing": "told_of_closing"}
OWNER_MAILS = "owned_cases"


@own_profile.get("/me", scope=EVERY_TOKEN, answer=Me)
def read_me(request: ApiRequest) -> HttpResponse:
    """Read whose token this is, what it may do, and your profile."""
    person, place = _mine(request.viewer)
    return answer_of(request, _me(request.viewer, person, place))


@own_profile.patch("/me", scope=Scope.PEOPLE_WRITE, answer=Me)
def change_me(request: ApiRequest, body: ProfileChanges) -> HttpResponse:
    """Change your name, language, time zone, mobile number, and what you are mailed about."""
    viewer = request.viewer
    person, place = _mine(viewer, lock=True)
    demand_version(request, _me(viewer, person, place))
    chosen = _chosen(body.notifications, place)
    changed = change_profile(person, **_checked(person, place, body))
    _choose(place, chosen)
    place.refresh_from_db()
    return answer_of(request, _me(viewer, changed, place))


def _mine(viewer: Viewer, *, lock: bool = False) -> tuple[Person, Place]:
    """The person and the seat of the token as stored; with `lock` they stay so to the transaction's end."""
    person = _stored(Person.objects.all(), lock=lock).get(pk=viewer.me)
    if viewer.is_contact:
        return person, _stored(Contact.objects.visible_to(viewer), lock=lock).get(pk=viewer.contact_id or 0)
    return person, _stored(seats_of(person).filter(organisation=viewer.us), lock=lock).get()


def _stored(rows: QuerySet[Row], *, lock: bool) -> QuerySet[Row]:
    return rows.select_for_update(no_key=True, of=("self",)) if lock else rows


def _me(viewer: Viewer, person: Person, place: Place) -> Me:
    teams = place.teams.all() if isinstance(place, Membership) else ()
    notifications = _notifications(place)
    mobile = person.mobile if isinstance(place, Membership) else None
    return Me(
        person=people.person(person, with_address=True),
        language=person.language,
        time_zone=person.time_zone,
        mobile=mobile,
        notifications=notifications,
        seat="desk" if viewer.is_agent else "portal",
        organisation=people.organisation(viewer.organisation) if viewer.organisation else None,
        contact=str(viewer.contact_id) if viewer.contact_id else None,
        administers_account=viewer.administers_account,
        permissions=sorted(viewer.permissions),
        teams=[Named(id=str(team.pk), name=team.name) for team in teams],
        scopes=sorted(viewer.scopes),
        version=version_of(
            person.name, person.language, person.time_zone, mobile, notifications.model_dump()
        ),
    )


def _notifications(place: Place) -> Notifications:
    if isinstance(place, Membership):
        return Notifications(creation=None, answers=None, closing=None, owned_cases=place.told_as_owner)
    told = {name: getattr(place, column) for name, column in MAILS.items()}
    return Notifications(**told, owned_cases=None)


def _checked(person: Person, place: Place, body: ProfileChanges) -> dict[str, Any]:
    """The whole profile with the changes in it, as the page's form takes it. Raises Invalid by field."""
    sent = body.model_dump(exclude_none=True, exclude={"notifications"})
    seat = place if isinstance(place, Membership) else None
    form = ProfileForm(stored_of(person) | sent, person=person, seat=seat)
    if foreign := sent.keys() - form.fields.keys():
        raise Invalid(dict.fromkeys(foreign, _("You have no such choice here.")))
    if not form.is_valid():
        raise Invalid({name: " ".join(map(str, messages)) for name, messages in form.errors.items()})
    return form.cleaned_data


def _chosen(sent: NotificationsIn | None, place: Place) -> dict[str, bool]:
    """The choices that were sent. Raises Invalid for those of another seat: nothing is lost in silence."""
    chosen: dict[str, bool] = sent.model_dump(exclude_none=True) if sent else {}
    own = {OWNER_MAILS} if isinstance(place, Membership) else set(MAILS)
    words = _("You have no such choice here.")
    if foreign := {f"notifications.{name}": words for name in chosen if name not in own}:
        raise Invalid(foreign)
    return chosen


def _choose(place: Place, chosen: dict[str, bool]) -> None:
    if not chosen:
        return
    if isinstance(place, Membership):
        choose_owner_mails(place, told=chosen[OWNER_MAILS])
    else:
        stored = {name: getattr(place, column) for name, column in MAILS.items()}
        choose_mails(place, **(stored | chosen))
