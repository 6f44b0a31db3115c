"""Taking files in: limits by policy, stored once per organisation, attached by their uploader alone."""

import io

import pytest
from PIL import Image

from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.files.actions import remove, upload
from caseway.cases.files.naming import safe_name
from caseway.cases.files.previews import picture_of
from caseway.cases.models import Attachment, Message, StoredFile
from caseway.cases.tests.story import owned_by_ana, raised_by_kim, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.core.errors import Invalid, NotFound
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }


def photo(colour: str = "teal", size: tuple[int, int] = (8, 8)) -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return content


def taken(by: Viewer, name: str = "photo.png", colour: str = "teal") -> Attachment:
    return upload(photo(colour), name, by=by)


def test_the_same_content_is_stored_once_per_organisation_and_never_across(cast: Cast) -> None:
    ana, omar = cast.at_desk(cast.ana), cast.at_desk(cast.omar)
    assert taken(ana, "a.png").file == taken(ana, "b.png").file
    assert taken(omar).file != taken(ana).file
    assert StoredFile.objects.count() == 2


def test_limits_are_those_of_the_seat(cast: Cast) -> None:
    ana, kim = cast.at_desk(cast.ana), cast.in_portal(cast.kim)
    cast.larkfield.stored_policy = {"desk_total_bytes": 100, "portal_total_bytes": 10_000}
    cast.larkfield.save()
    ana, kim = (Viewer(**{**v.__dict__, "organisation": cast.larkfield}) for v in (ana, kim))
    big = photo("teal", (300, 300))
    with pytest.raises(Invalid, match="too large"):
        upload(big, "a.png", by=ana)
    assert upload(big, "a.png", by=kim).file.size > 100
    with pytest.raises(Invalid, match="empty"):
        upload(io.BytesIO(), "a.png", by=kim)


def test_too_many_or_too_much_in_one_message_is_refused_and_nothing_is_posted(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    files = [taken(ana, f"{n}.png", f"#0000{n:02d}").pk for n in range(6)]
    with pytest.raises(Invalid) as refused:
        post(case, by=ana, audience=Audience.TEAM, content=Content("see"), attachments=files)
    assert set(refused.value.errors) == {"attachments"}
    assert not Message.objects.filter(case=case).exists()


def test_a_file_of_somebody_else_refuses_the_whole_message(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    for foreign in (taken(cast.at_desk(cast.ben)).pk, "not-an-id", taken(cast.at_desk(cast.pia)).pk):
        with pytest.raises(Invalid):
            post(case, by=ana, audience=Audience.TEAM, content=Content("x"), attachments=[foreign])


def test_a_file_is_attached_once(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    file = taken(ana)
    post(case, by=ana, audience=Audience.TEAM, content=Content("x"), attachments=[file.pk])
    with pytest.raises(Invalid):
        post(case, by=ana, audience=Audience.TEAM, content=Content("y"), attachments=[file.pk])
    with pytest.raises(Invalid):
        remove(file, by=ana)


def test_files_are_seen_by_the_readers_of_their_message(cast: Cast) -> None:
    case, lea = shared_with_brightwater(cast), cast.at_desk(cast.lea)
    for audience in (Audience.CUSTOMER, Audience.PARTNER, Audience.TEAM):
        file = taken(lea, f"{audience}.png")
        post(case, by=lea, audience=audience, content=Content(""), attachments=[file.pk])

    def names(viewer: Viewer) -> set[str]:
        return set(Attachment.objects.visible_to(viewer).values_list("name", flat=True))

    assert names(lea) == {"customer.png", "partner.png", "team.png"}
    assert names(cast.at_desk(cast.omar)) == {"partner.png"}
    assert names(cast.in_portal(cast.kim)) == {"customer.png"}
    assert names(cast.in_portal(cast.max)) == names(cast.at_desk(cast.pia)) == set()


def test_an_upload_is_its_uploaders_until_it_is_sent(cast: Cast) -> None:
    raised_by_kim(cast)
    file = taken(cast.in_portal(cast.kim))
    assert not Attachment.objects.visible_to(cast.in_portal(cast.jo)).exists()
    assert not Attachment.objects.visible_to(cast.at_desk(cast.ana)).exists()
    remove(file, by=cast.in_portal(cast.kim))
    assert not Attachment.objects.exists()


NAMES = [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\kim\\photo.png", "photo.png"),
    ("a\r\nSet-Cookie: x.png", "a Set-Cookie x.png"),
    ("invoice\u202egnp.exe", "invoicegnp.exe"),
    ("nul\x00l.png", "null.png"),
    ("", "file"),
    ("...", "file"),
]


@pytest.mark.parametrize(("given", "safe"), NAMES)
def test_names_are_made_safe(given: str, safe: str) -> None:
    assert safe_name(given).replace(":", "") == safe


def test_a_very_long_name_keeps_its_ending() -> None:
    name = safe_name("x" * 5000 + ".png")
    assert len(name) <= 200
    assert name.endswith(".png")


def test_pictures_are_made_anew_and_floods_of_pixels_are_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = cast.at_desk(cast.ana)
    file = taken(ana)
    assert Image.open(io.BytesIO(picture_of(file))).format == "WEBP"
    monkeypatch.setattr("caseway.cases.files.previews.MOST_PIXELS", 10)
    with pytest.raises(NotFound):
        picture_of(file)
    file.quarantined = "held"
    with pytest.raises(NotFound):
        picture_of(file)
