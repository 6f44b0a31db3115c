"""Fills the world: cases of Larkfield (one internal, one shared with Brightwater, one only listed
to it) and one of Quillon, each with every private field, audience and file."""

from datetime import timedelta
from io import BytesIO

from caseway.accounts.models import Brand, Organisation, Person, Team
from caseway.accounts.permitting.actions import Written as RoleWritten
from caseway.accounts.permitting.actions import add as add_role
from caseway.accounts.teams.actions import Written as TeamWritten
from caseway.accounts.teams.actions import add as add_team
from caseway.accounts.viewer import Viewer
from caseway.cases.bulk.actions import start
from caseway.cases.bulk.choosing import filtered
from caseway.cases.bulk.running import go_on
from caseway.cases.canned.actions import Wording
from caseway.cases.canned.actions import write as write_canned
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.drafts import save_draft
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.drafting.actions import begin as begin_case
from caseway.cases.editing.actions import edit
from caseway.cases.files.actions import upload
from caseway.cases.files.arriving import begin
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.lists.actions import Written as ListRow
from caseway.cases.lists.actions import add
from caseway.cases.lists.kinds import KINDS
from caseway.cases.models import Case, CaseEvent, Category, Priority, Satisfaction
from caseway.cases.ownership import actions as ownership
from caseway.cases.partnering.actions import add_partner
from caseway.cases.satisfaction.actions import answer
from caseway.cases.satisfaction.links import link_token
from caseway.cases.tasks import actions as tasks
from caseway.cases.tasks.fields import NewTask
from caseway.cases.tests.story import closure_reason
from caseway.cases.types import Audience
from caseway.cases.views.saving.actions import Described
from caseway.cases.views.saving.actions import save as save_view
from caseway.core.clock import now
from caseway.customers.invitations.actions import invite
from caseway.customers.models import Contact, CustomerAccount
from caseway.demo.cast import Cast
from caseway.guidance.actions import Written, publish, write
from caseway.mail.models import AddressState, BlockedSender, Mailbox, RawMail, Why
from caseway.notifications.models import Kind, Notice
from caseway.notifications.reminding.actions import Written as ReminderWritten
from caseway.notifications.reminding.actions import add as add_reminder
from caseway.shipments.models import Shipment, ShipmentEvent, ShipmentNumber

from .world import BRIGHTWATER, CUSTOMERS, LARKFIELD, QUILLON, World

KIM = frozenset({"kim"})
ORCHID = frozenset({"kim", "jo"})
LARKFIELDS_RECORD = frozenset({"ana", "admin"})


def build_world(cast: Cast) -> World:
    """The world of `cast`. Ana owns Larkfield's cases, Omar Brightwater's side, Pia Quillon's."""
    world = World(cast)
    _send_at_once(world)
    _partnerships(world)
    _mailboxes(world)
    _customers(world)
    _internal(world)
    _shared(world)
    _listed(world)
    _quillons(world)
    _guides(world)
    _canned_answers(world)
    _saved_views(world)
    _brands(world)
    _lists(world)
    _uploads(world)
    _drafts(world)
    _rated(world)
    _bulks(world)
    _mails(world)
    _notices(world)
    _reminders(world)
    return world


def _partnerships(world: World) -> None:
    """Each is of two; of the addresses each knows its own."""
    cast = world.cast
    for pair, one, other in (
        (cast.larkfield_brightwater, LARKFIELD, BRIGHTWATER),
        (cast.quillon_brightwater, QUILLON, BRIGHTWATER),
    ):
        pair.shipper_addresses = [world.keep("shipper's address", one) + "@elsewhere.example"]
        pair.carrier_addresses = [world.keep("carrier's address", other) + "@elsewhere.example"]
        pair.save()
        world.put("partnership", pair.pk, one, other)
    world.put("partnership", cast.larkfield_tamarack.pk, LARKFIELD)


def _mailboxes(world: World) -> None:
    """One of each house, switched off: no mail of the world leaves by it."""
    for organisation, readers in ((world.cast.larkfield, LARKFIELD), (world.cast.quillon, QUILLON)):
        address = world.keep("mailbox's address", readers) + "@elsewhere.example"
        box = Mailbox.objects.create(organisation=organisation, address=address, is_active=False)
        world.put("mailbox", box.pk, readers)


def _send_at_once(world: World) -> None:
    """What is written is there when the next page is asked for: nothing waits to be taken back."""
    for organisation in Organisation.objects.all():
        organisation.stored_policy = {"undo_send_seconds": 0}
        organisation.save(update_fields=["stored_policy"])


def _reminders(world: World) -> None:
    """A rule of each organisation."""
    for admin, readers in ((world.cast.admin, LARKFIELD), (world.cast.iris, BRIGHTWATER)):
        name, text = world.keep("reminder", readers), world.keep("text of a reminder", readers)
        written = ReminderWritten(name=name, moment="before", minutes=60, text=text)
        world.put("reminder", add_reminder(written, by=world.cast.at_desk(admin)).pk, readers)


def _notices(world: World) -> None:
    """What each person was told while the world came to be, and the last that an owner at each desk
    may know of; nobody finds another's."""
    for name in ("ana", "omar", "pia"):
        by = world.cast.at_desk(getattr(world.cast, name))
        event = CaseEvent.objects.visible_to(by).order_by("-pk")[0]
        told = {"kind": Kind.MINE, "case_id": event.case_id}
        Notice.objects.get_or_create(organisation_id=by.us, person_id=by.me, event=event, defaults=told)
    names = {getattr(world.cast, name).pk: name for name in LARKFIELD | BRIGHTWATER | QUILLON}
    rows = Notice.objects.order_by("pk").values_list("pk", "person")
    for key, person in rows:
        world.put("notice", key, {names[person]})


def _mails(world: World) -> None:
    """Mails that are held, whom they are not taken from, and where they don't arrive."""
    admin = frozenset({"admin"})
    for us, mine, readers in (
        (world.cast.larkfield, LARKFIELD, admin),
        (world.cast.quillon, QUILLON, QUILLON),
        (world.cast.brightwater, BRIGHTWATER, frozenset({"iris"})),
    ):
        words = {
            what: world.keep(f"{us.slug} mail's {what}", readers) for what in ("sender", "subject", "text")
        }
        content = f"Subject: {words['subject']}\n\n{words['text']}".encode()
        held = RawMail.objects.create(
            organisation=us,
            content=content,
            size=len(content),
            content_hash=us.slug,
            state=RawMail.State.HELD,
            why=Why.REPLIES_ONLY,
            sender=f"{words['sender']}@elsewhere.example",
            subject=words["subject"],
        )
        world.put("received", held.pk, mine)
        pattern = f"{world.keep(f'{us.slug} blocked', readers)}@elsewhere.example"
        world.put("blocked", BlockedSender.objects.create(organisation=us, pattern=pattern).pk, mine)
        address = f"{world.keep(f'{us.slug} unreachable', readers)}@elsewhere.example"
        state = AddressState.objects.create(organisation=us, address=address, is_permanent=True)
        world.put("address", state.pk, mine)


def _bulks(world: World) -> None:
    """What Ana and Pia did to all of their cases: it is theirs alone, colleagues don't find it."""
    for name in ("ana", "pia"):
        by = world.cast.at_desk(getattr(world.cast, name))
        asked = start("tag", filtered("view=all", now()), {"tags": [f"bulk of {name}"]}, by=by)
        go_on(asked.pk, seconds=30)
        world.put("bulk", asked.pk, {name})


def _customers(world: World) -> None:
    cast = world.cast
    world.guard("Orchid Hotels", "a customer's name", LARKFIELD, ORCHID)
    world.guard("Fernwood", "a customer's name", LARKFIELD, {"max"})
    world.guard("kim@orchid.example", "a contact's address", LARKFIELD, KIM)
    world.guard("Kim Tran", "a contact's name", LARKFIELD, KIM)
    world.put("customer", cast.orchid.pk, LARKFIELD, ORCHID)
    world.put("customer", cast.fernwood.pk, LARKFIELD, {"max"})
    world.put("contact", cast.contact(cast.kim).pk, LARKFIELD, KIM)
    world.put("contact", cast.contact(cast.jo).pk, LARKFIELD, ORCHID)
    world.put("contact", cast.contact(cast.max).pk, LARKFIELD, {"max"})
    _accounts_people(world)


def _accounts_people(world: World) -> None:
    """Whom Kim administers and has invited; who sits at which desk."""
    cast = world.cast
    for person, readers in ((cast.kim, KIM), (cast.jo, KIM), (cast.max, frozenset[str]())):
        world.put("colleague", cast.contact(person).pk, readers)
    address = world.keep("invited colleague", LARKFIELD, KIM) + "@orchid.example"
    invited = invite(cast.orchid, by=cast.in_portal(cast.kim), name="Noa", email=address)
    world.put("invitation", invited.pk, KIM)
    for person, colleagues in ((cast.ben, LARKFIELD), (cast.omar, BRIGHTWATER), (cast.pia, QUILLON)):
        world.put("seat", cast.memberships[person.email].pk, colleagues)


def _internal(world: World) -> None:
    """Kim's case, which no partner knows of."""
    cast = world.cast
    shipment = _shipment(world, cast.larkfield, cast.orchid, LARKFIELD | ORCHID, carrier=cast.tamarack)
    _hosts_case(world, "internal", shipment, knows_number=LARKFIELD | KIM)


def _shared(world: World) -> None:
    """Kim's case, shared with Brightwater, where Omar owns it."""
    cast, everyone = world.cast, LARKFIELD | BRIGHTWATER
    shipment = _shipment(world, cast.larkfield, cast.orchid, everyone | ORCHID, carrier=cast.brightwater)
    case = _hosts_case(world, "shared", shipment, knows_number=everyone | KIM)
    ana, omar = cast.at_desk(cast.ana), cast.at_desk(cast.omar)
    subject, text = world.keep("partner subject", everyone), world.keep("partner text", everyone)
    add_partner(case, by=ana, partner=cast.brightwater, subject=subject, text=text)
    ownership.claim(case, by=omar)
    _say(world, case, omar, Audience.PARTNER, "partner's answer", everyone)
    _say(world, case, omar, Audience.TEAM, "partner's note", BRIGHTWATER)
    _say(world, case, omar, Audience.RECORD, "partner's record", BRIGHTWATER)
    _private_fields(world, case, omar, "partner", BRIGHTWATER)
    _task(world, case, omar, "partner", BRIGHTWATER)


def _listed(world: World) -> None:
    """Kim's case, of which Brightwater knows number, type and status."""
    cast, knows = world.cast, LARKFIELD | BRIGHTWATER
    shipment = _shipment(world, cast.larkfield, cast.orchid, knows | ORCHID, carrier=cast.brightwater)
    case = _hosts_case(world, "listed", shipment, knows_number=knows | KIM, opens=LARKFIELD | KIM)
    words = {"subject": world.keep("listed subject", LARKFIELD), "text": world.keep("listed text", LARKFIELD)}
    add_partner(case, by=cast.at_desk(cast.ana), partner=cast.brightwater, listed=True, **words)


def _rated(world: World) -> None:
    """Kim's solved case, to whose question she has answered; its link opens without a sign-in."""
    cast, both = world.cast, LARKFIELD | KIM
    new = NewCase(
        subject=world.keep("rated subject", both), description=world.keep("rated description", both)
    )
    case = create(new, by=cast.in_portal(cast.kim))
    note = world.keep("rated closing note", LARKFIELD)
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note=note)
    case.refresh_from_db()
    answer(
        case,
        "poor",
        by=cast.in_portal(cast.kim),
        way=Satisfaction.Way.MAIL,
        comment=world.keep("rated comment", both),
    )
    world.guard(case.number, "rated case number", both)
    world.put("case", case.number, both)
    world.satisfaction_link = link_token(case.closures.get().pk, cast.contact(cast.kim).pk)


def _quillons(world: World) -> None:
    """Pia's case with a customer of Quillon, carried by Brightwater, which isn't on the case."""
    cast, pia = world.cast, world.cast.at_desk(world.cast.pia)
    account = CustomerAccount.objects.create(
        organisation=cast.quillon, name=world.keep("Quillon's customer", QUILLON), number="Q-1"
    )
    address = world.keep("Quillon's contact", QUILLON) + "@elsewhere.example"
    contact = Contact.objects.create(organisation=cast.quillon, account=account, name="Lou", email=address)
    shipment = _shipment(world, cast.quillon, account, QUILLON | BRIGHTWATER, carrier=cast.brightwater)
    new = NewCase(
        subject=world.keep("Quillon's subject", QUILLON),
        description=world.keep("Quillon's description", QUILLON),
        shipment=shipment.number,
        contact=contact.pk,
        crm_number=world.keep("Quillon's CRM number", QUILLON),
    )
    case = create(new, by=pia)
    world.guard(case.number, "Quillon's case number", QUILLON)
    world.put("case", case.number, QUILLON)
    world.put("customer", account.pk, QUILLON)
    world.put("contact", contact.pk, QUILLON)
    for audience in (Audience.CUSTOMER, Audience.TEAM, Audience.RECORD):
        _say(world, case, pia, audience, f"Quillon's {audience} message", QUILLON)
    _task(world, case, pia, "Quillon's", QUILLON)


def _hosts_case(
    world: World,
    name: str,
    shipment: Shipment,
    *,
    knows_number: frozenset[str],
    opens: frozenset[str] | None = None,
) -> Case:
    """A case that Kim raised and Ana owns, with a message and a file of every audience of Larkfield."""
    cast, both = world.cast, LARKFIELD | KIM
    kim, ana = cast.in_portal(cast.kim), cast.at_desk(cast.ana)
    file = _file(world, kim, f"{name} customer's file", both)
    new = NewCase(
        subject=world.keep(f"{name} subject", both),
        description=world.keep(f"{name} description", both),
        shipment=shipment.number,
        attachments=(file,),
    )
    case = create(new, by=kim)
    world.guard(case.number, f"{name} case number", knows_number)
    world.put("case", case.number, opens or knows_number)
    ownership.claim(case, by=ana)
    _private_fields(world, case, ana, name, LARKFIELD)
    _say(world, case, ana, Audience.CUSTOMER, f"{name} answer", both)
    _say(world, case, ana, Audience.TEAM, f"{name} note", LARKFIELD)
    _say(world, case, ana, Audience.RECORD, f"{name} record", LARKFIELDS_RECORD)
    _task(world, case, ana, name, LARKFIELD)
    draft = world.keep(f"{name} draft", {"ana"})
    save_draft(ana, case, Audience.PARTNER, {"text": draft})
    return case


def _task(world: World, case: Case, by: Viewer, name: str, readers: frozenset[str]) -> None:
    """A task with words and a comment, of the side at whose desk `by` sits."""
    new = NewTask(
        title=world.keep(f"{name} task", readers),
        description=world.keep(f"{name} task's details", readers),
        assignee=by.person.email if by.person else None,
    )
    task = tasks.add(case, new, by=by)
    tasks.comment(task, by=by, text=world.keep(f"{name} task's comment", readers))
    world.put("task", f"{case.number}/{task.pk}", readers)


def _private_fields(world: World, case: Case, by: Viewer, name: str, readers: frozenset[str]) -> None:
    priority = Priority.objects.get(organisation=by.organisation_id, rank=4)
    changes = {
        "crm_number": world.keep(f"{name} CRM number", readers),
        "tags": [world.keep(f"{name} tag", readers)],
        "priority": priority.pk,
        "deadline": now() + timedelta(days=3),
    }
    edit(case, by=by, changes=changes)
    ownership.set_level(case, by=by, level=2, note=world.keep(f"{name} level note", readers))


def _say(
    world: World, case: Case, by: Viewer, audience: Audience, what: str, readers: frozenset[str]
) -> None:
    file = _file(world, by, f"{what} file", readers)
    post(case, by=by, audience=audience, content=Content(world.keep(what, readers)), attachments=[file])


def _file(world: World, by: Viewer, what: str, readers: frozenset[str]) -> str:
    word = world.keep(what, readers)
    kept = upload(BytesIO(f"%PDF-1.4 {word}".encode()), f"{word}.pdf", by=by)
    world.put("attachment", kept.pk, readers)
    return str(kept.pk)


def _uploads(world: World) -> None:
    """A file that each of them is sending."""
    for name in sorted(LARKFIELD | BRIGHTWATER | QUILLON | CUSTOMERS):
        person = getattr(world.cast, name)
        by = world.cast.in_portal(person) if name in CUSTOMERS else world.cast.at_desk(person)
        begun = begin(world.keep(f"{name}'s upload", {name}) + ".pdf", 10, by=by)
        world.put("upload", begun.pk, {name})


def _drafts(world: World) -> None:
    """A case that each customer has begun, with words and a file, and not sent."""
    item = Category.objects.filter(organisation=world.cast.larkfield, parent__isnull=False).earliest("pk")
    for name in sorted(CUSTOMERS):
        by = world.cast.in_portal(getattr(world.cast, name))
        content = {
            "category": str(item.pk),
            "subject": world.keep(f"{name}'s draft subject", {name}),
            "description": world.keep(f"{name}'s draft", {name}),
            "attachments": [_file(world, by, f"{name}'s unsent file", frozenset({name}))],
        }
        world.put("draft", begin_case(content, by=by).pk, {name})


def _shipment(
    world: World,
    feed: Organisation,
    account: CustomerAccount,
    readers: frozenset[str],
    *,
    carrier: Organisation,
) -> Shipment:
    """A shipment of which everything is told to its shipper, its carrier and the account's contacts."""
    number = world.keep("shipment", readers).upper()
    world.guard(number, "shipment number", readers)
    shipment = Shipment.objects.create(
        organisation=feed,
        number=number,
        tracking_number=f"T{number}",
        shipper=feed,
        carrier=carrier,
        account=account,
        goods=world.keep("goods", readers),
        destination_name=world.keep("destination", readers),
    )
    ShipmentNumber.objects.create(shipment=shipment, kind="shipment", value=number)
    ShipmentEvent.objects.create(
        shipment=shipment,
        happened_at=now(),
        code="DELAY",
        description=world.keep("shipment event", readers),
        is_exception=True,
    )
    world.put("shipment", number, readers)
    world.put("shipment", shipment.pk, readers)
    return shipment


def _canned_answers(world: World) -> None:
    """One of all Larkfield, one of Ana's own, one of all Brightwater."""
    for owner, author, readers, scope in (
        ("Larkfield's canned answer", world.cast.admin, LARKFIELD, "organisation"),
        ("Ana's canned answer", world.cast.ana, frozenset({"ana"}), "own"),
        ("Brightwater's canned answer", world.cast.iris, BRIGHTWATER, "organisation"),
    ):
        title, body = world.keep(f"{owner} title", readers), world.keep(f"{owner} body", readers)
        wording = Wording(title=title, body=body, scope=scope)
        world.put("canned", write_canned(wording, by=world.cast.at_desk(author)).pk, readers)


def _saved_views(world: World) -> None:
    """Ana's own, Omar's own, and one of a team of Larkfield's in which Ben is: its people have it, and
    who looks after all teams' views; a lead of another team has not.
    """
    cast = world.cast
    for author in ("ana", "omar"):
        readers = frozenset({author})
        name, tag = world.keep(f"{author}'s view", readers), world.keep(f"tag of {author}'s view", readers)
        by = cast.at_desk(getattr(cast, author))
        world.put("view", save_view(Described(name=name, query=f"view=all&tag={tag}"), by=by).pk, readers)
    team = Team.objects.create(organisation=cast.larkfield, name="Back office")
    cast.memberships[cast.ben.email].teams.add(team)
    readers = frozenset({"ben", "admin"})
    described = Described(name=world.keep("team's view", readers), scope="team", team=team.pk)
    world.put("view", save_view(described, by=cast.at_desk(cast.admin)).pk, readers)


def _guides(world: World) -> None:
    """A published guide and a draft of Larkfield, and a published one of Brightwater."""
    for owner, author, readers, published in (
        ("Larkfield's guide", world.cast.admin, LARKFIELD | CUSTOMERS, True),
        ("Larkfield's draft guide", world.cast.admin, LARKFIELD, False),
        ("Brightwater's guide", world.cast.iris, BRIGHTWATER, True),
    ):
        title, body = world.keep(f"{owner} title", readers), world.keep(f"{owner} body", readers)
        by = world.cast.at_desk(author)
        guide = write(Written(title=title, body=body, language="en"), by=by)
        if published:
            publish(guide, by=by)
        world.put("guide", guide.pk, readers)


def _brands(world: World) -> None:
    """Larkfield's brands and one of Quillon."""
    for brand in (world.cast.larkfield_brand, world.cast.garden_brand):
        world.put("brand", brand.pk, LARKFIELD)
    name = world.keep("name to Quillon's customers", QUILLON)
    quillons = Brand.objects.create(
        organisation=world.cast.quillon, slug="q", name=name, host="quillon.localhost"
    )
    world.put("brand", quillons.pk, QUILLON)


def _lists(world: World) -> None:
    """A word of each organisation's own in every list, a role and a team."""
    for admin, readers in ((world.cast.admin, LARKFIELD), (world.cast.iris, BRIGHTWATER)):
        by = world.cast.at_desk(admin)
        for kind in KINDS:
            values = {"kind": "closure"} if kind.key == "reasons" else {}
            # Customers choose among the topics of who serves them.
            readable = readers | CUSTOMERS if (kind.topic, readers) == ("category", LARKFIELD) else readers
            word = world.keep(kind.topic, readable)
            row = add(kind, ListRow({"en": word}, values), by=by)
            world.put(kind.topic, row.pk, readable)
        role = add_role(RoleWritten(world.keep("role", readers), ("cases.edit",)), by=by)
        world.put("role", role.pk, readers)
        world.put("team", add_team(TeamWritten(world.keep("team", readers)), by=by).pk, readers)


def person_of(cast: Cast, name: str) -> Person | None:
    """The person of the cast with this name; None for nobody."""
    person: Person | None = None if name == "nobody" else getattr(cast, name)
    return person
