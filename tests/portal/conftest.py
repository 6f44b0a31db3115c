"""Larkfield's portal on a live server, and customers' windows into it."""

import io
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page

from caseway.accounts.models import Person
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.files.actions import upload
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging import actions as merging
from caseway.cases.models import Case
from caseway.cases.ownership import actions as ownership
from caseway.cases.tests.story import closure_reason, raised_by_kim, says
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.demo.cast import Cast, make_cast
from caseway.portal.tests.people import shipment_for
from caseway.shipments.models import ShipmentEvent
from tests.chromium import chromium

# Playwright runs a loop in this thread, in which Django would refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

Window = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def window(browser: Browser, live_server: Any, people: Cast) -> Iterator[Window]:
    """Opens a customer's window, signed in; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_window(person: Person, **options: Any) -> Page:
        base = f"http://larkfield.localhost:{live_server.thread.port}"
        context = browser.new_context(base_url=base, reduced_motion="reduce", **options)
        contexts.append(context)
        client = Client()
        client.force_login(person)
        context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": base}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None
        )
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def story(people: Cast) -> dict[str, Case]:
    """Cases of Kim's in every state that has a look of its own."""
    kim, ana, lea = people.in_portal(people.kim), people.at_desk(people.ana), people.at_desk(people.lea)
    shipment = shipment_for(people)
    ShipmentEvent.objects.create(
        shipment=shipment, happened_at=now(), code="D", description="Carton damaged", is_exception=True
    )
    names = ("waiting", "merged", "paused", "closed", "old")
    # A word as long as a subject may be must not widen a page.
    words = {"paused": "x" * 120}
    cases = {name: raised_by_kim(people, words.get(name, f"The {name} one")) for name in names}
    Case.objects.filter(pk=cases["waiting"].pk).update(shipment=shipment)
    ownership.claim(cases["waiting"], by=ana)
    photo = upload(_photo(), "photo.png", by=kim)
    post(cases["waiting"], by=kim, audience="customer", content=Content("See this"), attachments=[photo.pk])
    says(cases["waiting"], ana, Audience.CUSTOMER, "Which colour is the cushion?")
    merging.merge(cases["merged"], by=lea, into=cases["waiting"])
    lifecycle.suspend(cases["paused"], by=lea, note="waits", until=now() + timedelta(days=3))
    for name in ("closed", "old"):
        lifecycle.close(cases[name], by=lea, reason=closure_reason(people).pk, note="done")
    Case.objects.filter(pk=cases["old"].pk).update(closed_at=now() - timedelta(days=60))
    return cases


def _photo() -> io.BytesIO:
    photo = io.BytesIO()
    Image.new("RGB", (320, 200), (120, 90, 60)).save(photo, "PNG")
    return photo
