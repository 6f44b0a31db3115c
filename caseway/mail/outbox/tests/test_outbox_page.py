"""Django's own mails in the outbox, and the page that shows it in development."""

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from caseway.mail.models import Delivery

from .letters import letter

pytestmark = pytest.mark.django_db
BACKEND = "caseway.mail.outbox.backend.OutboxBackend"


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = BACKEND
    settings.MAIL_RELAY = None


def test_djangos_mails_are_deliveries():
    mail = EmailMultiAlternatives(
        "Subject", "Text", to=["Kim <kim@orchid.example>"], bcc=["jo@orchid.example"]
    )
    mail.attach_alternative("<p>Text</p>", "text/html")
    assert mail.send() == 1
    kim, jo = Delivery.objects.order_by("pk")
    assert (kim.address, kim.name, kim.html, kim.purpose) == (
        "kim@orchid.example",
        "Kim",
        "<p>Text</p>",
        Delivery.Purpose.ACCOUNT,
    )
    assert jo.address == "jo@orchid.example"


def test_the_page_shows_mails_with_their_links(client):
    send_mail("New password", "Click http://localhost:8000/accounts/x/", None, ["kim@orchid.example"])
    page = client.get("/dev/outbox/").content.decode()
    assert "New password" in page
    assert "kim@orchid.example" in page
    key = Delivery.objects.get().pk
    shown = client.get(f"/dev/outbox/{key}/").content.decode()
    assert 'href="http://localhost:8000/accounts/x/"' in shown
    assert b"Subject: New password" in client.get(f"/dev/outbox/{key}.eml").content


def test_it_finds_by_address(client):
    letter("kim@orchid.example", subject="One")
    letter("jo@orchid.example", subject="Two")
    page = client.get("/dev/outbox/?q=jo@").content.decode()
    assert "Two" in page
    assert "One" not in page


def test_the_html_is_sealed_and_the_text_is_text(client):
    mail = letter(text="<script>alert(1)</script>", html="<script>alert(1)</script>")
    sealed = client.get(f"/dev/outbox/{mail.pk}/html/")
    assert "sandbox" in sealed.headers["Content-Security-Policy"]
    assert "script-src" not in sealed.headers["Content-Security-Policy"]
    assert "<script>alert" not in client.get(f"/dev/outbox/{mail.pk}/").content.decode()


@pytest.mark.parametrize("path", ["", "1/", "1/html/", "1.eml"])
def test_nobody_from_elsewhere_sees_it_and_nobody_once_mails_are_sent(client, settings, path):
    letter()
    address = f"/dev/outbox/{path.replace('1', str(Delivery.objects.get().pk))}"
    assert client.get(address).status_code == 200
    assert client.get(address, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get(address, HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 404
    settings.MAIL_RELAY = object()
    assert client.get(address).status_code == 404


def test_a_nul_is_searched_without(client):
    assert client.get("/dev/outbox/", {"q": "\0"}).status_code == 200
