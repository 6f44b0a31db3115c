"""What the people of the demo world have to do on their cases: some of it done, some late, some nobody's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from caseway.accounts.models import Organisation, Person, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Priority, Side, Task, TaskStatus, TaskType
from caseway.cases.tasks import actions
from caseway.cases.tasks.fields import NewTask
from caseway.core.clock import standing_at
from caseway.demo.cast import Cast

OPEN, BEGUN, DONE = TaskStatus.OPEN, TaskStatus.IN_PROGRESS, TaskStatus.DONE


@dataclass(frozen=True)
class Errand:
    """One thing to do. `due` is in hours from now, `rank` the priority's; `who` a name of the cast."""

    title: str
    kind: str
    due: float | None = None
    who: str = ""
    team: str = ""
    status: TaskStatus = OPEN
    rank: int = 0
    details: str = ""
    said: tuple[tuple[str, str], ...] = ()


SHOWN = (
    Errand("Ask the factory for a replacement top", "Call", -3, "sam", "Sales", DONE,
           said=(("sam", "They have one left in walnut."), ("ana", "Thank you. Reserve it, please."))),
    Errand("Release the order for a new crate", "Warehouse", 2, team="Warehouse", status=BEGUN, rank=3,
           details="Crate type 4, with corner protection this time."),
    Errand("File the damage claim with the carrier", "Claim", 52, "ben", "Claims"),
    Errand("Call the hotel after the delivery", "Call", 76, "ana"),
)  # fmt: skip
LARKFIELDS = (
    Errand("Check the photos against the packing list", "Check", -5, "ana", rank=3),
    Errand("Send the proof of delivery to accounting", "Documents", 20, team="Billing"),
    Errand("Call the driver's dispatcher", "Call", 0.6, "ben", "Customer care", BEGUN),
    Errand("Count what came back", "Warehouse", 30, team="Warehouse"),
    Errand("Credit the freight", "Billing", 90, team="Billing", rank=1),
    Errand("Ask customs for the release note", "Documents", -26, "lea", "Claims", rank=4),
    Errand("Confirm the new address by phone", "Call", 4, "ana", "Customer care"),
    Errand("Find the missing pallet", "Warehouse", 8, team="Warehouse", status=BEGUN, rank=4,
           said=(("ben", "Not in aisle 12. Looking in returns."),)),
    Errand("Write to the insurer", "Claim", None, "ben", "Claims"),
    Errand("Look up the appointment", "Check", -40, "lea", status=DONE),
    Errand("Send a copy of the invoice", "Documents", -12, "ana", status=DONE),
)  # fmt: skip
BRIGHTWATERS = (
    Errand("Ask the terminal for the damage report", "Documents", 3, "omar", "Service desk", BEGUN,
           said=(("omar", "Promised for this afternoon."),)),
    Errand("Reserve a tail lift for the second delivery", "Warehouse", 22, team="Terminal"),
    Errand("Call the driver", "Call", -2, "iris", "Service desk", DONE),
    Errand("Check the scan at the hub", "Check", -6, team="Terminal", rank=3),
)  # fmt: skip


def give_tasks(cast: Cast, shown: Case, today: datetime) -> None:
    """Tasks for the case that the docs show, and for some active ones of both organisations."""
    for organisation, names in (
        (cast.larkfield, ("Warehouse", "Billing")),
        (cast.brightwater, ("Terminal",)),
    ):
        for name in names:
            Team.objects.get_or_create(organisation=organisation, name=name)
    _give([shown] * len(SHOWN), SHOWN, cast.ana, cast, today)
    _give(_active(cast.larkfield, but=shown), LARKFIELDS, cast.lea, cast, today)
    _give(_active(cast.brightwater), BRIGHTWATERS, cast.iris, cast, today)


def _active(organisation: Organisation, but: Case | None = None) -> list[Case]:
    """Active cases that somebody of the organisation owns, the latest first."""
    sides = Side.objects.filter(organisation=organisation, owner__isnull=False, closed_at=None)
    rows = sides.exclude(case=but) if but else sides
    return [side.case for side in rows.select_related("case").order_by("-updated_at", "-pk")]


def _give(
    cases: Iterable[Case], errands: Iterable[Errand], noter: Person, cast: Cast, today: datetime
) -> None:
    for case, errand in zip(cases, errands, strict=False):
        _note(case, errand, cast.at_desk(noter), cast, today)


def _note(case: Case, errand: Errand, by: Viewer, cast: Cast, today: datetime) -> None:
    """Note it some hours ago, then let those who have it say and do what the errand tells."""
    noted = today - timedelta(hours=48 if errand.status is DONE else 7)
    with standing_at(max(noted, case.created_at + timedelta(minutes=5))):
        task = actions.add(case, _as_new(errand, by, cast, today), by=by)
    with standing_at(today - timedelta(hours=1)):
        for who, text in errand.said:
            actions.comment(task, by=cast.at_desk(getattr(cast, who)), text=text)
        _bring_to(task, errand, by, cast)


def _as_new(errand: Errand, by: Viewer, cast: Cast, today: datetime) -> NewTask:
    ours = {"organisation": by.organisation}
    return NewTask(
        title=errand.title,
        description=errand.details,
        type=TaskType.objects.get(**ours, name__en=errand.kind).pk,
        assignee=getattr(cast, errand.who).email if errand.who else None,
        team=Team.objects.get(**ours, name=errand.team).pk if errand.team else None,
        priority=Priority.objects.get(**ours, rank=errand.rank).pk if errand.rank else None,
        due_at=_round(today + timedelta(hours=errand.due)) if errand.due is not None else None,
    )


def _round(moment: datetime) -> datetime:
    """The next quarter of an hour: nobody asks for something by 16:42."""
    return moment + (timedelta(minutes=15) - timedelta(minutes=moment.minute % 15, seconds=moment.second))


def _bring_to(task: Task, errand: Errand, by: Viewer, cast: Cast) -> None:
    if errand.status is OPEN:
        return
    doer = cast.at_desk(getattr(cast, errand.who)) if errand.who else by
    actions.move(task, by=doer, status=errand.status)
