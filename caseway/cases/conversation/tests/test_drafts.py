"""Drafts: kept per person, case and audience; gone with the message they became."""

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.drafts import LONGEST, drafts_of, save_draft
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Draft
from caseway.cases.tests.story import owned_by_ana, says
from caseway.cases.types import Audience, Source
from caseway.core.errors import Invalid
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def test_each_audience_has_a_draft_of_its_own_and_nobody_else_sees_it(cast: Cast) -> None:
    case, ana, ben = owned_by_ana(cast), cast.at_desk(cast.ana), cast.at_desk(cast.ben)
    save_draft(ana, case, Audience.TEAM, {"text": "for us"})
    save_draft(ana, case, Audience.PARTNER, {"text": "for them"})
    save_draft(ana, case, Audience.TEAM, {"text": "for us, longer"})
    kept = {audience: draft.content["text"] for audience, draft in drafts_of(ana, case).items()}
    assert kept == {"team": "for us, longer", "partner": "for them"}
    assert drafts_of(ben, case) == {}


def test_sending_ends_the_draft_and_a_late_save_brings_nothing_back(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    save_draft(ana, case, Audience.TEAM, {"text": "Found it"})
    says(case, ana, Audience.TEAM, "Found it")
    assert not Draft.objects.exists()
    save_draft(ana, case, Audience.TEAM, {"text": "Found it"})
    assert not Draft.objects.exists()
    save_draft(ana, case, Audience.TEAM, {"text": "Found it, and more"})
    assert Draft.objects.get().content["text"] == "Found it, and more"


def test_a_program_that_acts_for_somebody_ends_nothing_that_they_type(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    save_draft(ana, case, Audience.TEAM, {"text": "Found it"})
    save_draft(ana, None, Audience.TEAM, {"subject": "Another"})
    post(case, by=ana, audience=Audience.TEAM, content=Content("From the scanner", source=Source.API))
    create(NewCase(subject="Scan", description="x", source=Source.API), by=ana)
    assert Draft.objects.count() == 2


def test_what_can_not_be_stored_is_made_storable_and_too_much_is_refused(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    draft = save_draft(ana, None, Audience.TEAM, {"text": "a\x00b\ud800", "files": ["\x00x"]})
    assert draft.content == {"text": "ab?", "files": ["x"]}
    with pytest.raises(Invalid):
        save_draft(ana, None, Audience.TEAM, {"text": "x" * (LONGEST + 1)})
