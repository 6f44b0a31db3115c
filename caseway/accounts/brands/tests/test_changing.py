"""Changing a brand: by whom, into what, and what follows."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import default_storage

from caseway.accounts.brands.actions import Face, NewLogo, change
from caseway.accounts.brands.drawing import draw
from caseway.accounts.models import AuditEntry, Brand
from caseway.core.errors import Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast

from .pictures import picture

SENDERS = ("support@larkfield.example",)


def changed(cast: Cast, *, version: int | None = None, logo: NewLogo | None = None, **new: Any) -> Brand:
    brand = Brand.objects.get(pk=cast.garden_brand.pk)
    face = replace(Face.of(brand), **new)
    by = cast.at_desk(cast.admin)
    return change(brand, face, by=by, version=version, senders=SENDERS, logo=logo)


def test_everything_of_a_brand(cast: Cast):
    new: dict[str, Any] = {
        "name": "Gardens",
        "colour": "#ABCDEF",
        "host": "Gardens.Localhost",
        "sender_name": "Gardeners",
    }
    changed(cast, **new)
    stored = Brand.objects.get(pk=cast.garden_brand.pk)
    assert (stored.name, stored.colour, stored.host) == ("Gardens", "#abcdef", "gardens.localhost")
    assert (stored.mail_name, stored.version) == ("Gardeners", 2)
    assert stored.slug == "garden"
    entry = AuditEntry.objects.get(kind="brand.changed")
    assert entry.actor == cast.admin
    assert entry.organisation == cast.larkfield
    assert entry.payload == {"brand_id": stored.pk, "fields": "name,colour,host,sender_name"}
    assert entry.thing == "Gardens"
    assert entry.changes["name"] == [cast.garden_brand.name, "Gardens"]
    assert entry.changes["colour"] == [cast.garden_brand.colour, "#abcdef"]
    assert entry.changes.keys() == {"name", "colour", "host", "sender_name"}


def test_the_same_again_changes_nothing(cast: Cast):
    changed(cast)
    assert changed(cast).version == 1
    assert not AuditEntry.objects.filter(kind="brand.changed").exists()


@pytest.mark.parametrize("name", ["ana", "lea", "sam"])
def test_colleagues_without_the_permission_may_not(cast: Cast, name: str):
    by = cast.at_desk(getattr(cast, name))
    with pytest.raises(NotAllowed):
        change(cast.garden_brand, Face.of(cast.garden_brand), by=by, version=None, senders=())


def test_a_brand_of_others_is_not_there(cast: Cast):
    viewers = [cast.at_desk(cast.pia), cast.at_desk(cast.iris), cast.in_portal(cast.kim)]
    for by in viewers:
        with pytest.raises(NotFound):
            change(cast.garden_brand, Face.of(cast.garden_brand), by=by, version=None, senders=())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " \n"),
        ("colour", "red"),
        ("colour", "#12345g"),
        ("colour", "#123456\n;"),
        ("host", "larkfield.localhost"),
        ("host", "LARKFIELD.localhost."),
        ("host", "quillon.localhost"),
        ("host", "localhost"),
        ("host", "elsewhere.example"),
        ("host", "https://a.localhost"),
        ("sender_address", "care@quillon.example"),
    ],
)
def test_what_is_refused_names_its_field(cast: Cast, field: str, value: str):
    Brand.objects.create(organisation=cast.quillon, slug="q", name="Quillon", host="quillon.localhost")
    before = Brand.objects.filter(pk=cast.garden_brand.pk).values().get()
    wrong: dict[str, Any] = {field: value}
    with pytest.raises(Invalid) as refusal:
        changed(cast, **wrong)
    assert set(refusal.value.errors) == {field}
    assert Brand.objects.filter(pk=cast.garden_brand.pk).values().get() == before


def test_a_line_break_adds_no_header(cast: Cast):
    assert changed(cast, sender_name="Gardens\r\nBcc: all@example.com").sender_name == (
        "Gardens Bcc: all@example.com"
    )


def test_who_was_slower_gets_what_is_stored(cast: Cast):
    changed(cast, version=1, name="First")
    with pytest.raises(Stale) as stale:
        changed(cast, version=1, name="Second")
    assert stale.value.current["name"] == "First"
    assert stale.value.current["version"] == 2
    assert changed(cast, version=2, name="Second").name == "Second"


@pytest.fixture
def _kept_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.usefixtures("_kept_apart")
def test_a_logo_is_kept_by_content_and_goes_with_its_last_brand(
    cast: Cast, django_capture_on_commit_callbacks: Any
):
    first, second = draw(picture(colour="red")), draw(picture(colour="blue"))
    place = f"brands/{cast.larkfield.pk}/{first.digest}.png"
    with django_capture_on_commit_callbacks(execute=True):
        assert changed(cast, logo=NewLogo(first)).logo_digest == first.digest
    cast.larkfield_brand.logo_digest = first.digest
    cast.larkfield_brand.save()
    with django_capture_on_commit_callbacks(execute=True):
        changed(cast, logo=NewLogo(second))
    assert default_storage.exists(place)
    Brand.objects.filter(pk=cast.larkfield_brand.pk).update(logo_digest="")
    with django_capture_on_commit_callbacks(execute=True):
        changed(cast, logo=NewLogo(first))
        changed(cast, logo=NewLogo(None))
    assert not default_storage.exists(place)
    assert Brand.objects.get(pk=cast.garden_brand.pk).logo is None
