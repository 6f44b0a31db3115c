"""Guides at the desk: listed, written with a preview, published; read by every agent."""

import pytest
from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.guides.counting import record_shown
from caseway.demo.cast import Cast
from caseway.guidance.models import Guide
from caseway.guidance.tests.writing import guide_of, larkfields

pytestmark = pytest.mark.django_db
LIST = "/desk/settings/guidance/"


def desk(person: Person) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client


def sent(guide: Guide | None = None, **more: object) -> dict[str, object]:
    stored = {"version": guide.version} if guide else {}
    return {"title": "Damage", "body": "Send **photos**.", "language": "en", "do": "save"} | stored | more


def test_a_guide_is_written_filed_published_and_taken_back(cast: Cast) -> None:
    lea = desk(cast.lea)
    page = lea.get(f"{LIST}new/").content.decode()
    key = page.split('name="categories" value="')[1].split('"')[0]
    answer = lea.post(f"{LIST}new/", sent(categories=[key]))
    guide = Guide.objects.get()
    assert answer.status_code == 302
    assert (guide.title, guide.is_published) == ("Damage", False)
    assert [str(link.category_id) for link in guide.topics.all()] == [key]
    lea.post(f"{LIST}{guide.pk}/publication/", {"do": "publish"})
    assert Guide.objects.get().is_published
    lea.post(f"{LIST}{guide.pk}/publication/", {"do": "unpublish"})
    assert not Guide.objects.get().is_published


def test_the_preview_shows_what_customers_would_read_and_stores_nothing(cast: Cast) -> None:
    lea = desk(cast.lea)
    fragment = lea.post(f"{LIST}preview/", sent(body="**Bold** <script>x</script>")).content.decode()
    assert "<strong>Bold</strong>" in fragment
    assert "<script" not in fragment
    whole = lea.post(f"{LIST}new/", sent(do="preview")).content.decode()
    assert "<strong>photos</strong>" in whole
    assert 'value="Damage"' in whole
    assert not Guide.objects.exists()


def test_a_stale_save_keeps_what_was_typed_and_shows_what_is_stored(cast: Cast) -> None:
    guide = guide_of(larkfields(cast), "Old", "Old text")
    lea, admin = desk(cast.lea), desk(cast.admin)
    assert admin.post(f"{LIST}{guide.pk}/", sent(guide, body="First")).status_code == 302
    late = lea.post(f"{LIST}{guide.pk}/", sent(guide, body="Second"))
    page = late.content.decode()
    assert late.status_code == 412
    assert "First" in page
    assert "Second" in page
    assert Guide.objects.get().body == "First"
    guide.refresh_from_db()
    assert f'name="version" value="{guide.version}"' in page
    assert lea.post(f"{LIST}{guide.pk}/", sent(guide, body="Second")).status_code == 302
    assert Guide.objects.get().body == "Second"


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(cast: Cast) -> None:
    answer = desk(cast.lea).post(f"{LIST}new/", sent(title=" ", body="Long text"))
    assert answer.status_code == 422
    assert "Write a title." in answer.content.decode()
    assert "Long text" in answer.content.decode()


def test_agents_read_and_only_those_with_the_permission_write(cast: Cast) -> None:
    guide = guide_of(larkfields(cast))
    ana = desk(cast.ana)
    assert "<textarea" not in ana.get(f"{LIST}{guide.pk}/").content.decode()
    assert ana.get(f"{LIST}new/").status_code == 403
    assert ana.post(f"{LIST}{guide.pk}/", sent(guide)).status_code == 403
    assert ana.post(f"{LIST}{guide.pk}/publication/").status_code == 403
    assert "New guide" not in ana.get(LIST).content.decode()


def test_another_organisations_guide_is_not_there(cast: Cast) -> None:
    guide = guide_of(larkfields(cast), "Ours")
    for person in (cast.iris, cast.pia):
        assert desk(person).get(f"{LIST}{guide.pk}/").status_code == 404
        assert "Ours" not in desk(person).get(LIST).content.decode()


def test_the_list_is_narrowed_and_counts(cast: Cast, django_assert_max_num_queries) -> None:
    by = larkfields(cast)
    shown = guide_of(by, "Alpha", "About zebras")
    guide_of(by, "Beta", draft=True)
    guide_of(by, "Gamma", language="de")
    for number in range(25):
        guide_of(by, f"Filler {number}")
        record_shown([shown], to=cast.in_portal(cast.kim), visit=f"v{number}")
    ana = desk(cast.ana)

    def page(**query: str) -> str:
        return ana.get(LIST, query).content.decode()

    assert "Alpha" in page(q="zebra")
    assert "Beta" not in page(q="zebra")
    assert ">25<" in page(q="zebra")
    assert "Beta" in page(state="draft")
    assert "Alpha" not in page(state="draft")
    assert "Gamma" in page(language="de")
    assert "Alpha" not in page(language="de")
    assert "No guide fits" in page(topic="99999")
    with django_assert_max_num_queries(12):
        page()
