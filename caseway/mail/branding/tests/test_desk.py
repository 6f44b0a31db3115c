"""The desk's pages of brands."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from caseway.accounts.brands.tests.pictures import picture
from caseway.accounts.models import Brand
from caseway.demo.cast import Cast
from caseway.mail.models import Mailbox
from caseway.mail.outbox.senders import sender_for


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    Mailbox.objects.create(organisation=cast.larkfield, address="garden@larkfield.example")
    Mailbox.objects.create(organisation=cast.quillon, address="care@quillon.example")
    client.force_login(cast.admin)
    return client


def page_of(brand: Brand, name: str = "desk:brand") -> str:
    return reverse(name, args=[brand.pk])


def entered(brand: Brand, **other: Any) -> dict[str, Any]:
    stored: dict[str, Any] = {
        "name": brand.name,
        "colour": brand.colour,
        "host": brand.host or "",
        "do": "save",
    }
    stored |= {"sender_name": "", "sender_address": brand.sender_address, "version": brand.version}
    return stored | other


def upload(kind: str = "PNG") -> SimpleUploadedFile:
    return SimpleUploadedFile("logo", picture(90, 90, kind).read())


def test_the_list_shows_ones_own(cast: Cast, admin: Client):
    Brand.objects.create(organisation=cast.quillon, slug="q", name="Quillon Care")
    page = admin.get(reverse("desk:brands")).content.decode()
    assert "Larkfield Garden" in page
    assert "garden.localhost" in page
    assert "Quillon" not in page
    assert page_of(cast.garden_brand) in page


def test_agents_see_the_list_and_may_not_change(cast: Cast, client: Client):
    client.force_login(cast.ana)
    page = client.get(reverse("desk:brands")).content.decode()
    assert "Larkfield Garden" in page
    assert page_of(cast.garden_brand) not in page
    for name in ("desk:brand", "desk:brand_preview"):
        answer = client.post(page_of(cast.garden_brand, name), entered(cast.garden_brand, name="Mine"))
        assert answer.status_code == 403
    assert Brand.objects.get(pk=cast.garden_brand.pk).name == "Larkfield Garden"


def test_everything_is_saved(cast: Cast, admin: Client):
    garden = cast.garden_brand
    new = {"name": "Gardens", "colour": "#aa0044", "host": "Gardens.localhost", "logo": upload("WEBP")}
    new |= {"sender_name": "Gardeners", "sender_address": "garden@larkfield.example"}
    assert admin.post(page_of(garden), entered(garden, **new)).status_code == 302
    stored = Brand.objects.get(pk=garden.pk)
    assert (stored.name, stored.colour, stored.host) == ("Gardens", "#aa0044", "gardens.localhost")
    assert stored.logo
    assert (stored.logo.width, stored.logo.height) == (90, 90)
    sender = sender_for(cast.larkfield, stored, "Ana")
    assert (sender.address, sender.name) == ("garden@larkfield.example", "Ana (Gardeners)")
    assert stored.logo.url in admin.get(page_of(garden)).content.decode()
    admin.post(page_of(garden), entered(stored, remove_logo="on"))
    assert Brand.objects.get(pk=garden.pk).logo is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Give the brand a name."),
        ("colour", "red", "#rrggbb"),
        ("host", "larkfield.localhost", "This host name is taken."),
        ("host", "localhost", "the installation itself"),
        ("host", "a.localhost:8000", "neither https:// nor a port"),
        ("sender_address", "care@quillon.example", "Select a valid choice"),
        ("logo", SimpleUploadedFile("logo.svg", b"<svg/>"), "SVG may hold scripts"),
        ("logo", SimpleUploadedFile("logo.png", b"<html>"), "no picture"),
    ],
)
def test_what_is_wrong_stands_at_its_field(cast: Cast, admin: Client, field: str, value: Any, words: str):
    answer = admin.post(page_of(cast.garden_brand), entered(cast.garden_brand, **{field: value}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert re.search(rf'id="id_{field}-error">.*?{re.escape(words)}', page)
    assert 'name="version" value="1"' in page
    assert Brand.objects.get(pk=cast.garden_brand.pk).version == 1


def test_a_stale_save_keeps_both(cast: Cast, admin: Client):
    garden = cast.garden_brand
    admin.post(page_of(garden), entered(garden, name="First"))
    answer = admin.post(page_of(garden), entered(garden, name="Second"))
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "First" in page
    assert 'value="Second"' in page
    assert 'name="version" value="2"' in page
    assert Brand.objects.get(pk=garden.pk).name == "First"
    again = {**entered(garden, name="Second"), "version": 2}
    assert admin.post(page_of(garden), again).status_code == 302
    assert Brand.objects.get(pk=garden.pk).name == "Second"


def test_the_preview_shows_what_is_chosen_and_stores_nothing(cast: Cast, admin: Client):
    garden = cast.garden_brand
    chosen = entered(garden, name="<b>Gardens", colour="#ffff00", sender_name="Gardeners", logo=upload())
    page = admin.post(page_of(garden, "desk:brand_preview"), chosen).content.decode()
    assert "&lt;b&gt;Gardens" in page
    assert "Gardeners" in page
    assert "/ui/trying-ffff00.css" in page
    assert "mails take #" in page
    assert 'src="data:image/png;base64,' in page
    assert page.count("<figure") == 2
    assert Brand.objects.filter(pk=garden.pk).values_list("name", "version").get() == (garden.name, 1)


def test_the_preview_works_without_scripts_and_with_nonsense(cast: Cast, admin: Client):
    chosen = entered(cast.garden_brand, do="preview", name="Gardens", colour="';}", sender_address="no")
    page = admin.post(page_of(cast.garden_brand), chosen).content.decode()
    assert "/ui/trying-3f6f2a.css" in page
    assert "Gardens" in page
    assert Brand.objects.get(pk=cast.garden_brand.pk).name == "Larkfield Garden"


@pytest.mark.parametrize("name", ["pia", "iris", "kim"])
def test_a_brand_of_others_is_not_there(cast: Cast, client: Client, name: str):
    client.force_login(getattr(cast, name))
    for page in ("desk:brand", "desk:brand_preview"):
        answer = client.post(page_of(cast.garden_brand, page), entered(cast.garden_brand))
        assert answer.status_code == 404
    assert client.get(page_of(cast.garden_brand)).status_code == 404
