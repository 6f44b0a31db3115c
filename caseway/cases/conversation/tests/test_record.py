"""The internal record: our case owner and our tenant administrators, and nobody else even hears of it."""

from io import BytesIO

import pytest
from PIL import Image

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.queries import messages_of, participants_of
from caseway.cases.conversation.writing import LONGEST_RECORD, Content
from caseway.cases.files.actions import upload
from caseway.cases.history.queries import timeline_of
from caseway.cases.models import Attachment, Case, CaseEvent, Message, Side
from caseway.cases.ownership.actions import assign, claim
from caseway.cases.search.asking import asked_for
from caseway.cases.search.documents import cases_with_words
from caseway.cases.tests.browsing import Desk
from caseway.cases.tests.story import fresh, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.core.errors import Invalid, NotAllowed
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

pytestmark = pytest.mark.django_db
WORD = "zebrafish"
OTHERS = ("ben", "lea", "sam", "omar", "iris", "kim")
"""Another agent, the team lead, a sales agent, the partner's people, the customer."""


@pytest.fixture
def case(cast: Cast) -> Case:
    """Kim's case, shared with Brightwater; Ana owns our side, Omar the partner's."""
    case = shared_with_brightwater(cast)
    claim(case, by=cast.at_desk(cast.ana))
    claim(case, by=cast.at_desk(cast.omar))
    return fresh(case)


def viewer_of(cast: Cast, name: str):
    return cast.in_portal(cast.kim) if name == "kim" else cast.at_desk(getattr(cast, name))


def written(cast: Cast, case: Case) -> Message:
    """An entry with a picture."""
    ana, picture = cast.at_desk(cast.ana), BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    kept = upload(picture, f"{WORD}.png", by=ana)
    content = Content(f"The {WORD} was seen")
    return post(case, by=ana, audience=Audience.RECORD, content=content, attachments=[kept.pk])


def what_is_known(cast: Cast, case: Case, name: str) -> tuple[object, ...]:
    """All that this person can learn of the case by any query, list, count or page."""
    viewer = viewer_of(cast, name)
    side = Side.objects.filter(case=case, organisation=viewer.organisation_id).values().first()
    events = CaseEvent.objects.visible_to(viewer).filter(case=case).values_list("pk", flat=True)
    return (
        [message.pk for message in messages_of(case, viewer)],
        [line.sentence for line in timeline_of([case], viewer)],
        list(events),
        list(Attachment.objects.visible_to(viewer).values_list("pk", flat=True)),
        [one.address for one in participants_of(case, viewer)],
        cases_with_words(asked_for(WORD), viewer) if viewer.is_agent else [],
        side,
        (fresh(case).customer_updated_at, fresh(case).customer_version),
    )


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_moves_for_anybody_else(cast: Cast, case: Case, name: str) -> None:
    before, mails = what_is_known(cast, case, name), Delivery.objects.count()
    written(cast, case)
    assert what_is_known(cast, case, name) == before
    assert Delivery.objects.count() == mails


@pytest.mark.parametrize("name", ["ana", "admin"])
def test_its_readers_read_it_with_its_picture(cast: Cast, case: Case, name: str) -> None:
    message = written(cast, case)
    person = getattr(cast, name)
    assert message in messages_of(case, cast.at_desk(person))
    file = message.attachments.get()
    assert Desk(person).get(f"/desk/files/{file.pk}/").status_code == 200
    assert f'<img src="/desk/files/{file.pk}/picture"' in Desk(person, case).read()
    assert Desk(person).get(f"/desk/files/{file.pk}/picture").status_code == 200
    assert case.pk in cases_with_words(asked_for(WORD), cast.at_desk(person))


@pytest.mark.parametrize("name", ["ben", "lea", "omar", "iris"])
def test_the_pages_of_others_hold_no_word_of_it(cast: Cast, case: Case, name: str) -> None:
    message = written(cast, case)
    desk = Desk(getattr(cast, name), case)
    assert WORD not in desk.read()
    assert desk.get(f"/desk/files/{message.attachments.get().pk}/").status_code == 404
    assert case.number not in desk.get("/desk/cases/", {"view": "all", "q": WORD}).content.decode()


def test_it_goes_with_the_ownership(cast: Cast, case: Case) -> None:
    """The new owner reads all of it, who owned the case before reads none of it any more."""
    message, ana, ben = written(cast, case), cast.at_desk(cast.ana), cast.at_desk(cast.ben)
    assign(case, by=cast.at_desk(cast.lea), to=cast.ben)
    assert message in messages_of(case, ben)
    assert message not in messages_of(case, ana)
    assert WORD not in Desk(cast.ana, case).read()
    assert case.pk not in cases_with_words(asked_for(WORD), ana)
    assert Desk(cast.ana).get(f"/desk/files/{message.attachments.get().pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        says(case, ana, Audience.RECORD, "once more")
    says(case, ben, Audience.RECORD, "mine now")


@pytest.mark.parametrize("name", OTHERS[:4])
def test_nobody_else_writes_into_ours(cast: Cast, case: Case, name: str) -> None:
    if name == "omar":  # he owns his own side, and has a record of his own
        message = says(case, cast.at_desk(cast.omar), Audience.RECORD, "the partner's own")
        assert message not in messages_of(case, cast.at_desk(cast.ana))
        assert message not in messages_of(case, cast.at_desk(cast.admin))
        return
    with pytest.raises(NotAllowed):
        says(case, viewer_of(cast, name), Audience.RECORD, "may I?")


def test_it_takes_20000_characters_and_not_one_more(cast: Cast, case: Case) -> None:
    ana = cast.at_desk(cast.ana)
    says(case, ana, Audience.RECORD, "x" * LONGEST_RECORD)
    with pytest.raises(Invalid, match="20000"):
        says(case, ana, Audience.RECORD, "x" * (LONGEST_RECORD + 1))
