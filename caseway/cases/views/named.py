"""The named views of the desk: each is a condition over the sides that the viewer sees."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import CaseEvent, Side, Watch
from caseway.cases.status import ACTIVE, SOLVED

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

IS_ACTIVE = Q(status__in=sorted(ACTIVE))
Condition = Callable[[QuerySet[Side], Viewer], QuerySet[Side]]


class View(Enum):
    """The six views of the case management page and the four lists of the agent's own work."""

    ALL_ACTIVE = "all-active"
    RECENT_RESPONSES = "recent-responses"
    MY_ACTIVE = "my-active"
    MY_WATCHED = "my-watched"
    NEW = "new"
    ALL = "all"
    TODO = "todo"
    FOLLOWING = "following"
    CREATED = "created"
    PROCESSED = "processed"


@dataclass(frozen=True)
class Definition:
    """A view's name, what its list says when empty, and its condition."""

    label: "StrOrPromise"
    empty: "StrOrPromise"
    condition: Condition


def _watched(sides: QuerySet[Side], viewer: Viewer) -> QuerySet[Side]:
    watches = Watch.objects.filter(organisation=viewer.organisation_id, person=viewer.person_id)
    return sides.filter(case__in=watches.values("case"))


def _to_do(sides: QuerySet[Side], viewer: Viewer) -> QuerySet[Side]:
    mine = Q(owner=viewer.person_id) | Q(owner=None, team__in=viewer.team_ids)
    return sides.filter(IS_ACTIVE & mine)


def _processed(sides: QuerySet[Side], viewer: Viewer) -> QuerySet[Side]:
    acted = CaseEvent.objects.filter(actor=viewer.person_id, actor_organisation=viewer.organisation_id)
    no_longer = Q(status__in=sorted(SOLVED)) | ~Q(owner=viewer.person_id) | Q(owner=None)
    return sides.filter(no_longer, case__in=acted.values("case"))


VIEWS: dict[View, Definition] = {
    View.ALL_ACTIVE: Definition(
        _("All active cases"), _("No case is active."), lambda sides, _viewer: sides.filter(IS_ACTIVE)
    ),
    View.RECENT_RESPONSES: Definition(
        _("Recent responses"),
        _("Everybody who wrote has an answer."),
        lambda sides, _viewer: sides.filter(latest_message_is_ours=False),
    ),
    View.MY_ACTIVE: Definition(
        _("My active cases"),
        _("You own no active case. New cases are waiting for an owner."),
        lambda sides, viewer: sides.filter(IS_ACTIVE, owner=viewer.person_id),
    ),
    View.MY_WATCHED: Definition(_("My watched cases"), _("You follow no case."), _watched),
    View.NEW: Definition(
        _("New cases"),
        _("Every case has an owner."),
        lambda sides, _viewer: sides.filter(IS_ACTIVE, owner=None),
    ),
    View.ALL: Definition(_("All cases"), _("There are no cases yet."), lambda sides, _viewer: sides),
    View.TODO: Definition(_("To do"), _("Nothing is assigned to you or your teams."), _to_do),
    View.FOLLOWING: Definition(_("Following"), _("You follow no case."), _watched),
    View.CREATED: Definition(
        _("Created by me"),
        _("You have created no case."),
        lambda sides, viewer: sides.filter(case__creator=viewer.person_id),
    ),
    View.PROCESSED: Definition(_("Processed"), _("You have not finished a case yet."), _processed),
}
SIX = (View.ALL_ACTIVE, View.RECENT_RESPONSES, View.MY_ACTIVE, View.MY_WATCHED, View.NEW, View.ALL)


def view_named(name: str) -> View | None:
    """The view with this name in an address, if there is one."""
    return next((view for view in View if view.value == name), None)
