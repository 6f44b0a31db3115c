"""What an organisation does for itself alone: everything of section 6 that the other never shares.

Nothing here may move anything for the other side. Owners, statuses and messages to the partner are
shared, and so are not among it.
"""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.db.models import QuerySet

from caseway.accounts.models import Partnership, Team
from caseway.accounts.teams.actions import Written as TeamWritten
from caseway.accounts.teams.actions import add as add_team
from caseway.cases.canned.actions import Wording
from caseway.cases.canned.actions import write as write_canned
from caseway.cases.conversation.actions import Then, post
from caseway.cases.conversation.drafts import save_draft
from caseway.cases.conversation.writing import Content
from caseway.cases.editing.actions import edit
from caseway.cases.files.actions import upload
from caseway.cases.linking.actions import link
from caseway.cases.lists.actions import Written as ListRow
from caseway.cases.lists.actions import add as add_row
from caseway.cases.lists.kinds import KINDS
from caseway.cases.models import Case, Category, Priority, Side
from caseway.cases.ownership import actions as ownership
from caseway.cases.tasks import actions as tasks
from caseway.cases.tasks.fields import NewTask
from caseway.cases.types import Audience
from caseway.cases.views.saving.actions import Described
from caseway.cases.views.saving.actions import save as save_view
from caseway.cases.views.saving.queries import TEAM, teams_to_share_with
from caseway.cases.watching.actions import add_watcher, follow, remove_watcher
from caseway.core.clock import now

from .house import House


def works_in_private(house: House) -> None:
    """Change everything that is the house's own, on each of its cases and in its settings."""
    _settings(house)
    for number, case in enumerate(house.cases):
        fresh = Case.objects.get(pk=case.pk)
        _notes(house, fresh, number)
        if fresh.is_active:
            _fields(house, fresh, number)
        if number % 3 == 0:
            _people(house, fresh)
        if fresh.contact_id and house.customer and fresh.is_active:
            _customer(house, fresh)
    link(house.cases[0], by=house.at_desk(house.agent), other=house.cases[1])


def _settings(house: House) -> None:
    admin = house.at_desk(house.admin)
    for kind in KINDS:
        add_row(
            kind,
            ListRow({"en": house.keep(kind.topic)}, {"kind": "closure"} if kind.key == "reasons" else {}),
            by=admin,
        )
    add_team(TeamWritten(house.keep("team")), by=admin)
    write_canned(Wording(title=house.keep("canned"), body="Words", scope="organisation"), by=admin)
    _collaborators(house, admin.us)
    _views(house)


def _views(house: House) -> None:
    """A view of one's own, and one for a whole team."""
    by, admin = house.at_desk(house.agent), house.at_desk(house.admin)
    save_view(Described(name=house.keep("view"), query=f"q={house.keep('searched')}"), by=by)
    team = teams_to_share_with(admin)[0]
    save_view(Described(name=house.keep("teamview"), scope=TEAM, team=team.pk), by=admin)


def _collaborators(house: House, us: int) -> None:
    """Its own addresses in every partnership."""
    for pair in Partnership.objects.all():
        if us in (pair.shipper_id, pair.carrier_id):
            side = "shipper_addresses" if us == pair.shipper_id else "carrier_addresses"
            setattr(pair, side, [f"{house.keep('address')}@elsewhere.example"])
            pair.save(update_fields=[side])


def _fields(house: House, case: Case, number: int) -> None:
    by = house.at_desk(house.admin)
    side = Side.objects.get(case=case, organisation=by.us)
    changes = {
        "crm_number": house.keep("crm"),
        "tags": [house.keep("tag")],
        "priority": another(Priority.objects.filter(organisation=by.us), side.priority_id),
        "category": another(
            Category.objects.filter(organisation=by.us, parent__isnull=False), side.category_id
        ),
        "deadline": now() + timedelta(days=number + len(house.words) % 7),
    }
    house.ids |= {name: str(changes[name]) for name in ("priority", "category")}
    edit(case, by=by, changes=changes)
    if side.owner_id is None:
        team = Team.objects.filter(organisation=by.us).latest("pk")
        ownership.give_to_team(case, by=by, team=team)
        house.ids["team"] = str(team.pk)
    ownership.set_level(case, by=by, level=(side.level + 1) % 4, note=house.keep("levelnote"))
    if number % 4 == 0:
        task = NewTask(title=house.keep("task"), description=house.keep("taskdetails"))
        tasks.comment(tasks.add(case, task, by=by), by=by, text=house.keep("taskcomment"))


def another(rows: QuerySet[Any], now_it_is: int | None) -> int:
    """The id of the first of these that it isn't now."""
    key: int = rows.exclude(pk=now_it_is or 0).order_by("pk").values_list("pk", flat=True)[0]
    return key


def _notes(house: House, case: Case, number: int) -> None:
    agent, admin = house.at_desk(house.agent), house.at_desk(house.admin)
    files = []
    if number % 5 == 0:
        word = house.keep("file")
        files = [str(upload(BytesIO(f"%PDF-1.4 {word}".encode()), f"{word}.pdf", by=agent).pk)]
    post(case, by=agent, audience=Audience.TEAM, content=Content(house.keep("note")), attachments=files)
    post(case, by=admin, audience=Audience.RECORD, content=Content(house.keep("record")))
    save_draft(agent, case, Audience.PARTNER, {"text": house.keep("draft")})


def _people(house: House, case: Case) -> None:
    """Who follows it: each time the other of the two."""
    agent, admin = house.at_desk(house.agent), house.at_desk(house.admin)
    if case.watches.filter(person=house.colleague, organisation=admin.us).exists():
        remove_watcher(case, by=admin, person=house.colleague)
        follow(case, by=agent)
    else:
        add_watcher(case, by=admin, person=house.colleague)


def _customer(house: House, case: Case) -> None:
    """A word with the customer that leaves the status, which is everybody's, as it is."""
    words = Content(house.keep("answer"), subject=house.keep("answersubject"))
    agent = house.at_desk(house.agent)
    post(case, by=agent, audience=Audience.CUSTOMER, content=words, then=Then("stay"))
    if house.customer is not None and case.status == "open":
        post(case, by=house.customer, audience=Audience.CUSTOMER, content=Content(house.keep("comment")))
