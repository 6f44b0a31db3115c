"""Every page of the portal, as a customer with many cases, shipments and mails."""

from collections.abc import Iterator
from urllib.parse import urlencode

import requests

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.creation.picking import QUERY
from caseway.cases.drafting.actions import begin
from caseway.cases.drafting.queries import drafts_of
from caseway.cases.models import Case, Category, GuideTopic
from caseway.customers.viewers import portal_viewer_of
from caseway.shipments.answers import answers_for
from caseway.shipments.models import Shipment
from tests.performance.fragments import TYPED, Fragment, measure_typing
from tests.performance.pages import Page, measure_page
from tests.performance.rows import Row
from tests.performance.sampling import some_numbers
from tests.performance.uploads import measure_upload

CASES = "/portal/cases/"
SUGGESTIONS, ANSWERS = "/portal/guidance/suggestions/", "/portal/answers/written/"


def measure_portal(address: str, session: requests.Session, who: Person, count: int) -> Iterator[Row]:
    """The portal's rows, one after the other."""
    viewer = portal_viewer_of(who)
    shipments = list(Shipment.objects.visible_to(viewer).order_by("-pk")[:50])
    for page in [*_cases(viewer), *_shipments(shipments), *_steps(viewer, shipments)]:
        yield measure_page(page, address, session, who, count)
    for fragment in _fragments(viewer, shipments):
        yield measure_typing(fragment, address, session, who, count)
    yield measure_upload(address, session, who, viewer)


def _cases(viewer: Viewer) -> list[Page]:
    numbers = some_numbers(Case.objects.visible_to(viewer))
    return [
        Page("portal_home", ["/"]),
        Page("portal_list", [CASES]),
        Page("portal_case", [f"{CASES}{number}/" for number in numbers]),
        Page("portal_emails", [f"{CASES}{number}/?tab=emails" for number in numbers]),
    ]


def _shipments(shipments: list[Shipment]) -> list[Page]:
    sought = [one.tracking_number for one in shipments] + [one.tracking_number[:4] for one in shipments[:10]]
    return [
        Page("portal_shipments", ["/portal/shipments/"]),
        Page("portal_shipment", [f"/portal/shipments/{one.number}/" for one in shipments]),
        Page("portal_pick", [f"{CASES}new/shipment/?{urlencode({QUERY: typed})}" for typed in sought]),
    ]


def _steps(viewer: Viewer, shipments: list[Shipment]) -> list[Page]:
    """The steps of a case that is being raised, of one draft that is kept from run to run."""
    filed = GuideTopic.objects.filter(guide__published_at__isnull=False).values("category")
    item = Category.objects.filter(organisation=viewer.us, parent__isnull=False, pk__in=filed).earliest("pk")
    content = {
        "category": str(item.pk),
        "shipment": shipments[0].number if shipments else "",
        "subject": "The second pallet is late",
        "description": TYPED[0],
    }
    draft = drafts_of(viewer).first() or begin(content, by=viewer)
    steps = ("topic", "guidance", "shipment", "content")
    return [Page("portal_new", [f"{CASES}new/"])] + [
        Page(f"portal_new_{step}", [f"{CASES}new/{draft.pk}/{step}/"]) for step in steps
    ]


def _fragments(viewer: Viewer, shipments: list[Shipment]) -> list[Fragment]:
    """What is fetched while somebody types: guides, and where the shipment is that they name."""
    named = tuple(f"{text}, it is {one.number}" for text, one in zip(TYPED, shipments, strict=False))
    if not all(answers_for(viewer, text=text).written for text in named):
        raise SystemExit("portal_answer: the shipments that are named have no answer.")
    return [
        Fragment("guidance", SUGGESTIONS, TYPED, most_a_minute=200),
        Fragment("portal_answer", ANSWERS, named, most_a_minute=80),
    ]
