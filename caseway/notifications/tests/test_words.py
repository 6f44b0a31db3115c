"""Mails speak their reader's language, in the brand's name, and escape what others wrote."""

import re

import pytest
from django.utils import translation

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.tests.story import closure_reason
from caseway.cases.types import Audience
from caseway.mail.models import Delivery
from caseway.notifications.words import language_for, portal_link, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    new = NewCase(subject="Lid <b>missing</b>", description="x", contact=cast.contact(cast.kim).pk)
    return create(new, by=cast.at_desk(cast.ana), brand=cast.garden_brand)


def to_kim() -> Delivery:
    return Delivery.objects.filter(address="kim@orchid.example").latest("pk")


def test_the_brand_speaks_and_links_to_its_own_portal(cast, case):
    sent = to_kim()
    assert sent.sender_name == "Larkfield Garden"
    assert "garden.localhost" in sent.text
    assert cast.garden_brand.colour in sent.html


def test_what_others_wrote_is_text(cast, case):
    evil = "<script>alert(1)</script> {{ case.host }} ${7*7}"
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content(evil))
    sent = to_kim()
    assert evil in sent.text
    assert "<script>" not in sent.html
    assert "{{ case.host }}" in sent.html
    assert "Lid <b>missing</b>" in sent.subject


def test_an_agents_name_stands_before_the_brands(cast, case):
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Hello"))
    assert to_kim().sender_name == "Ana Ferreira (Larkfield Garden)"


def test_the_readers_language_is_theirs_else_their_organisations(cast):
    cast.larkfield.language = "de"
    assert language_for(cast.kim, cast.larkfield) == "de"
    cast.kim.language = "vi"
    assert language_for(cast.kim, cast.larkfield) == "vi"
    cast.kim.language = "klingon"
    assert language_for(cast.kim, cast.larkfield) == "en"


def test_rendering_leaves_the_language_as_it_was(cast, case):
    with translation.override("fr"):
        say("created", "de", {"case": case, "house": "L", "brand": None, "reader": "K", "link": ""})
        assert translation.get_language() == "fr"


def test_a_contact_without_sign_in_gets_no_link(cast, case):
    contact = cast.contact(cast.max)
    contact.person = None
    contact.save()
    create(NewCase(subject="s", description="d", contact=contact.pk), by=cast.at_desk(cast.ana))
    sent = Delivery.objects.filter(address="max@fernwood.example").latest("pk")
    assert "/portal/" not in sent.text + sent.html


def test_links_keep_the_port_of_the_base_address(cast, settings):
    settings.BASE_URL = "http://localhost:8123"
    link = portal_link("CV00000001", cast.larkfield_brand)
    assert link == "http://larkfield.localhost:8123/portal/cases/CV00000001/"


def test_lines_and_links_survive_programs_without_css(cast, case):
    words = "Dear Kim,\n\nfirst line\nsecond line: https://track.example/?a=1&b=2"
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content(words))
    html = to_kim().html
    assert "<p>Dear Kim,</p>" in html
    assert "first line<br>second line" in html
    assert 'href="https://track.example/?a=1&amp;b=2"' in html


def test_a_mail_has_a_dark_scheme_and_fetches_nothing(cast, case):
    html = to_kim().html
    assert "prefers-color-scheme: dark" in html
    assert not re.search(r"<(img|link|script|iframe)|url\(|@import", html)


def test_the_mails_of_a_case_keep_one_subject(cast, case):
    ana = cast.at_desk(cast.ana)
    post(case, by=ana, audience=Audience.CUSTOMER, content=Content("Found it"))
    answer = to_kim()
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")
    closing = to_kim()
    assert closing.pk != answer.pk
    assert closing.subject == answer.subject == f"Re: Lid <b>missing</b> [{case.number}]"
    assert f"has closed your request {case.number}" in closing.text
    assert closing.references[-1] == answer.header_id
