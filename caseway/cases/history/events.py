"""Every event of a case: one small class each, which knows its sentence for the timeline.

Names of fields tell what an id means: `…_person_id`, `…_team_id`, `…_case_id`,
`…_organisation_id`; the timeline loads the names by these endings.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseway.cases.status import Status
from caseway.cases.types import Audience, CaseType, Source, UrgeWay, Verdict
from caseway.core.events import Event

from .names import Names


@dataclass(frozen=True, kw_only=True)
class CaseHappening(Event):
    """Something that happened to a case."""

    icon: ClassVar[str] = "dots"
    can_be_undone: ClassVar[bool] = False
    """Whether who did it is offered to undo it: see `caseway.cases.undoing`."""

    def sentence(self, actor: str, names: Names) -> str:
        """What the timeline says; `actor` is the name of who did it."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class CaseCreated(CaseHappening):
    """The case was made."""

    kind = "case.created"
    icon = "plus"
    source: Source
    message_id: int | None = None
    follow_up_of_case_id: int | None = None

    def sentence(self, actor: str, names: Names) -> str:
        """Who raised it, and after which case."""
        if self.follow_up_of_case_id:
            return _("%(actor)s created the case as a follow-up of %(case)s") % {
                "actor": actor,
                "case": names.case(self.follow_up_of_case_id),
            }
        return _("%(actor)s created the case") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class CaseClaimed(CaseHappening):
    """Somebody took an unowned case."""

    kind = "case.claimed"
    icon = "claim"
    can_be_undone = True
    owner_person_id: int
    status_before: Status

    def sentence(self, actor: str, names: Names) -> str:
        """Who claimed it."""
        return _("%(actor)s claimed the case") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(CaseHappening):
    """The case was given to a person: for the first time, or from another."""

    kind = "case.assigned"
    icon = "transfer"
    can_be_undone = True
    owner_person_id: int
    before_person_id: int | None = None

    def sentence(self, actor: str, names: Names) -> str:
        """Who gave it to whom."""
        return _("%(actor)s assigned the case to %(owner)s") % {
            "actor": actor,
            "owner": names.person(self.owner_person_id),
        }


@dataclass(frozen=True, kw_only=True)
class CaseReleased(CaseHappening):
    """The owner gave it back to the queue."""

    kind = "case.released"
    icon = "transfer"
    can_be_undone = True
    before_person_id: int

    def sentence(self, actor: str, names: Names) -> str:
        """Who released it."""
        return _("%(actor)s released the case") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class CaseGivenToTeam(CaseHappening):
    """The case went to a team's queue."""

    kind = "case.team"
    icon = "transfer"
    can_be_undone = True
    to_team_id: int
    before_person_id: int | None = None
    before_team_id: int | None = None

    def sentence(self, actor: str, names: Names) -> str:
        """Which team has it."""
        return _("%(actor)s gave the case to %(team)s") % {
            "actor": actor,
            "team": names.team(self.to_team_id),
        }


@dataclass(frozen=True, kw_only=True)
class CaseEdited(CaseHappening):
    """Fields were changed; which ones, never their text."""

    kind = "case.edited"
    icon = "edit"
    changed: tuple[str, ...]

    def sentence(self, actor: str, names: Names) -> str:
        """Which fields were changed."""
        words = [str(FIELD_NAMES.get(name, name)) for name in self.changed]
        return _("%(actor)s changed %(fields)s") % {"actor": actor, "fields": ", ".join(words)}


@dataclass(frozen=True, kw_only=True)
class CaseTypeChanged(CaseHappening):
    """The case has another type, for everyone on it."""

    kind = "case.type"
    icon = "edit"
    can_be_undone = True
    type: CaseType
    before: CaseType | None = None

    def sentence(self, actor: str, names: Names) -> str:
        """Which type it has now."""
        return _("%(actor)s set the type to %(type)s") % {"actor": actor, "type": CaseType(self.type).label}


@dataclass(frozen=True, kw_only=True)
class CaseLevelChanged(CaseHappening):
    """The case was upgraded or downgraded."""

    kind = "case.level"
    icon = "upgrade"
    level: int
    before: int

    def sentence(self, actor: str, names: Names) -> str:
        """Up or down, and to which level."""
        words = (
            _("%(actor)s upgraded the case to level %(level)s")
            if self.level > self.before
            else _("%(actor)s downgraded the case to level %(level)s")
        )
        return words % {"actor": actor, "level": self.level}


@dataclass(frozen=True, kw_only=True)
class StatusChanged(CaseHappening):
    """The status moved as a consequence of a message."""

    kind = "case.status"
    icon = "clock"
    status: Status
    before: Status

    def sentence(self, actor: str, names: Names) -> str:
        """Which status it has now."""
        return _("The case is now %(status)s") % {"status": Status(self.status).label}


@dataclass(frozen=True, kw_only=True)
class CaseSuspended(CaseHappening):
    """The case was put on hold."""

    kind = "case.suspended"
    icon = "pause"
    can_be_undone = True
    step_id: int

    def sentence(self, actor: str, names: Names) -> str:
        """Who suspended it."""
        return _("%(actor)s suspended the case") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class CaseResumed(CaseHappening):
    """The case goes on."""

    kind = "case.resumed"
    icon = "play"
    by_itself: bool = False

    def sentence(self, actor: str, names: Names) -> str:
        """Who resumed it, or that its date came."""
        if self.by_itself:
            return _("The wake-up date came, and the case goes on")
        return _("%(actor)s resumed the case") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class CaseClosed(CaseHappening):
    """The case was solved, for everyone on it."""

    kind = "case.closed"
    icon = "done"
    can_be_undone = True
    step_id: int

    def sentence(self, actor: str, names: Names) -> str:
        """Who closed it."""
        return _("%(actor)s closed the case") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class CaseReopened(CaseHappening):
    """A solved case was taken up again."""

    kind = "case.reopened"
    icon = "reply"
    step_id: int
    status: Status

    def sentence(self, actor: str, names: Names) -> str:
        """Who reopened it."""
        return _("%(actor)s reopened the case") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class CaseCancelled(CaseHappening):
    """The case was called off."""

    kind = "case.cancelled"
    icon = "ban"
    step_id: int

    def sentence(self, actor: str, names: Names) -> str:
        """Who cancelled it."""
        return _("%(actor)s cancelled the case") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(CaseHappening):
    """The customer took the case back."""

    kind = "case.withdrawn"
    icon = "ban"
    step_id: int

    def sentence(self, actor: str, names: Names) -> str:
        """Who withdrew it."""
        return _("%(actor)s withdrew the case") % {"actor": actor}


@dataclass(frozen=True, kw_only=True)
class CaseRated(CaseHappening):
    """The customer answered the question after a closing; what they wrote to it is not here."""

    kind = "case.rated"
    icon = "chat"
    step_id: int
    verdict: Verdict

    def sentence(self, actor: str, names: Names) -> str:
        """Who answered what."""
        words = {"actor": actor, "verdict": Verdict(self.verdict).label}
        return _("%(actor)s answered after the closing: %(verdict)s") % words


@dataclass(frozen=True, kw_only=True)
class CaseMerged(CaseHappening):
    """This case went into another; `absorbed` on the survivor says the reverse."""

    kind = "case.merged"
    icon = "merge"
    can_be_undone = True
    other_case_id: int
    absorbed: bool

    def sentence(self, actor: str, names: Names) -> str:
        """Which case went into which."""
        words = (
            _("%(actor)s merged %(case)s into this case")
            if self.absorbed
            else _("%(actor)s merged this case into %(case)s")
        )
        return words % {"actor": actor, "case": names.case(self.other_case_id)}


@dataclass(frozen=True, kw_only=True)
class CaseUnmerged(CaseHappening):
    """The merge was undone."""

    kind = "case.unmerged"
    icon = "merge"
    other_case_id: int

    def sentence(self, actor: str, names: Names) -> str:
        """Which two cases are apart again."""
        return _("%(actor)s separated this case from %(case)s again") % {
            "actor": actor,
            "case": names.case(self.other_case_id),
        }


@dataclass(frozen=True, kw_only=True)
class CaseSplit(CaseHappening):
    """Messages of this case became a case too; `came` on the new case says where they are from."""

    kind = "case.split"
    icon = "merge"
    can_be_undone = True
    other_case_id: int
    came: bool = False
    undone: bool = False

    def sentence(self, actor: str, names: Names) -> str:
        """Which case was split from which, or that it was taken back."""
        if self.undone:
            words = (
                _("%(actor)s took back that this case was split from %(case)s")
                if self.came
                else _("%(actor)s took back the split into %(case)s")
            )
        elif self.came:
            words = _("%(actor)s split this case from %(case)s")
        else:
            words = _("%(actor)s split messages into %(case)s")
        return words % {"actor": actor, "case": names.case(self.other_case_id)}


@dataclass(frozen=True, kw_only=True)
class CasesLinked(CaseHappening):
    """One side linked two of its cases, or took the link away."""

    kind = "case.linked"
    icon = "link"
    other_case_id: int
    removed: bool = False

    def sentence(self, actor: str, names: Names) -> str:
        """Which case is associated."""
        words = (
            _("%(actor)s removed the link to %(case)s") if self.removed else _("%(actor)s linked %(case)s")
        )
        return words % {"actor": actor, "case": names.case(self.other_case_id)}


@dataclass(frozen=True, kw_only=True)
class WatcherChanged(CaseHappening):
    """Somebody follows the case, or no longer."""

    kind = "case.watcher"
    icon = "eye"
    watcher_person_id: int
    removed: bool = False

    def sentence(self, actor: str, names: Names) -> str:
        """Who follows; by whose hand."""
        watcher = names.person(self.watcher_person_id)
        if watcher == actor:
            words = _("%(actor)s stopped following") if self.removed else _("%(actor)s follows the case")
        elif self.removed:
            words = _("%(actor)s removed %(watcher)s as a watcher")
        else:
            words = _("%(actor)s added %(watcher)s as a watcher")
        return words % {"actor": actor, "watcher": watcher}


@dataclass(frozen=True, kw_only=True)
class PartnerAdded(CaseHappening):
    """A second organisation takes part."""

    kind = "case.partner"
    icon = "truck"
    partner_organisation_id: int
    message_id: int | None = None
    listed: bool = False

    def sentence(self, actor: str, names: Names) -> str:
        """Which organisation was brought in."""
        words = (
            _("%(actor)s listed the case to %(partner)s")
            if self.listed
            else _("%(actor)s brought in %(partner)s")
        )
        return words % {"actor": actor, "partner": names.organisation(self.partner_organisation_id)}


@dataclass(frozen=True, kw_only=True)
class OwnerUrged(CaseHappening):
    """Somebody asked the owner to hurry."""

    kind = "case.urged"
    icon = "bell"
    owner_person_id: int
    way: UrgeWay = UrgeWay.EMAIL

    def sentence(self, actor: str, names: Names) -> str:
        """Who urged whom, and how."""
        is_sms = self.way == UrgeWay.SMS
        words = _("%(actor)s urged %(owner)s by SMS") if is_sms else _("%(actor)s urged %(owner)s")
        return words % {"actor": actor, "owner": names.person(self.owner_person_id)}


@dataclass(frozen=True, kw_only=True)
class MessagePosted(CaseHappening):
    """A message was written. The timeline shows the message itself, not this."""

    kind = "message.posted"
    icon = "chat"
    message_id: int
    audience: Audience
    mentioned_person_ids: tuple[int, ...] | None = None
    """The colleagues whom a note names, none of whom is its writer."""

    def sentence(self, actor: str, names: Names) -> str:
        """Who wrote."""
        return _("%(actor)s wrote a message") % {"actor": actor}


FIELD_NAMES = {
    "subject": gettext_lazy("the subject"),
    "description": gettext_lazy("the description"),
    "category": gettext_lazy("the category"),
    "priority": gettext_lazy("the priority"),
    "deadline": gettext_lazy("the deadline"),
    "crm_number": gettext_lazy("the CRM number"),
    "tags": gettext_lazy("the tags"),
    "shipment": gettext_lazy("the shipment"),
    "contact": gettext_lazy("the contact"),
    "contact_method": gettext_lazy("the contact method"),
    "type": gettext_lazy("the type"),
}
