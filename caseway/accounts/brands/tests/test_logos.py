"""A logo's address: public, sealed, kept for good by browsers, and only while a brand shows it."""

import hashlib
import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from caseway.accounts.brands.actions import Face, NewLogo, change
from caseway.accounts.brands.drawing import draw
from caseway.accounts.models import Brand
from caseway.demo.cast import Cast

from .pictures import picture


@pytest.fixture
def logo(cast: Cast, settings: Any, tmp_path: Any) -> str:
    """The address of the logo of Larkfield Garden."""
    settings.MEDIA_ROOT = tmp_path
    return shown_by(cast, 100, 100)


def shown_by(cast: Cast, width: int, height: int) -> str:
    brand, by = cast.garden_brand, cast.at_desk(cast.admin)
    new = NewLogo(draw(picture(width, height)))
    found = change(brand, Face.of(brand), by=by, version=None, senders=(), logo=new).logo
    assert found
    return found.url


def test_everybody_sees_it(logo: str, client: Client):
    answer = client.get(logo)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in answer["Cache-Control"]
    assert "public" in answer["Cache-Control"]
    assert logo == f"/brands/{hashlib.sha256(answer.content).hexdigest()}.png"
    assert Image.open(io.BytesIO(answer.content)).size == (100, 100)


def test_only_while_a_brand_shows_it(cast: Cast, logo: str, client: Client):
    Brand.objects.filter(pk=cast.garden_brand.pk).update(logo_digest="")
    assert client.get(logo).status_code == 404
    assert client.get(reverse("brand_logo", args=["0" * 64])).status_code == 404
    assert client.post(logo).status_code == 405


def test_one_that_the_storage_has_lost_is_not_there(cast: Cast, logo: str, client: Client):
    default_storage.delete(f"brands/{cast.larkfield.pk}/{logo.removeprefix('/brands/')}")
    assert client.get(logo).status_code == 404


def test_the_sign_in_page_shows_it_at_its_own_host_only(logo: str, client: Client):
    page = client.get("/accounts/login/", headers={"host": "garden.localhost"}).content.decode()
    assert f'<img class="logo" src="{logo}" width="100" height="100" alt="">' in page
    assert f'<link rel="icon" href="{logo}" type="image/png">' in page
    assert '<span class="brand-name">Larkfield Garden</span>' in page
    for other in ("larkfield.localhost", "localhost"):
        assert logo not in client.get("/accounts/login/", headers={"host": other}).content.decode()


def test_a_wide_one_stands_for_the_name(cast: Cast, logo: str, client: Client):
    wide = shown_by(cast, 400, 100)
    page = client.get("/accounts/login/", headers={"host": "garden.localhost"}).content.decode()
    assert f'src="{wide}" width="400" height="100" alt="Larkfield Garden"' in page
    assert '<span class="brand-name">' not in page
    assert "mark.svg" in page


def test_the_portal_shows_it(cast: Cast, logo: str, client: Client):
    client.force_login(cast.kim)
    assert logo in client.get("/", headers={"host": "garden.localhost"}).content.decode()


def test_who_must_change_their_password_sees_it(cast: Cast, logo: str, client: Client):
    client.force_login(cast.new_agent)
    assert client.get(logo).status_code == 200


def test_a_contact_at_the_host_of_others_sees_nothing_of_theirs(cast: Cast, logo: str, client: Client):
    Brand.objects.create(organisation=cast.quillon, slug="q", name="Quillon", host="quillon.localhost")
    client.force_login(cast.kim)
    for path in ("/", "/portal/cases/", "/portal/shipments/", "/portal/guidance/"):
        answer = client.get(path, headers={"host": "quillon.localhost"})
        assert answer.status_code == 404, path
        assert "Larkfield" not in answer.content.decode()
        assert logo not in answer.content.decode()
