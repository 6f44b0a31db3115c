"""The home of the settings: what is offered to whom."""

import pytest
from django.test import Client
from django.urls import reverse

from caseway.demo.cast import Cast
from caseway.desk.settings.places import GROUPS

HOME = "/desk/settings/"
ALL = [place for group in GROUPS for place in group.places]


@pytest.mark.parametrize("place", ALL, ids=[str(place.title) for place in ALL])
def test_every_page_is_there_for_administrators(cast: Cast, client: Client, place):
    client.force_login(cast.admin)
    assert place.url in client.get(HOME).content.decode()
    assert client.get(place.url).status_code == 200


@pytest.mark.parametrize("place", ALL, ids=[str(place.title) for place in ALL])
def test_what_an_agent_may_not_is_not_offered(cast: Cast, client: Client, place):
    client.force_login(cast.ana)
    offered = place.url in client.get(HOME).content.decode().split('id="places"')[1]
    assert offered is (place.permission is None)
    assert client.get(place.url).status_code in ((200,) if offered else (200, 403))


def test_words_filter_the_pages(cast: Cast, client: Client):
    client.force_login(cast.admin)
    found = client.get(HOME, {"q": "pressing"}).content.decode().split('id="places"')[1]
    assert reverse("desk:list", args=["priorities"]) in found
    assert reverse("desk:list", args=["tags"]) not in found
    assert "No setting fits" in client.get(HOME, {"q": "zzz"}).content.decode()


def test_the_sidebar_leads_there_for_those_who_may_set_something(cast: Cast, client: Client):
    client.force_login(cast.admin)
    assert f'href="{HOME}"' in client.get("/desk/shipments/").content.decode()
    client.force_login(cast.ana)
    assert f'href="{HOME}"' not in client.get("/desk/shipments/").content.decode()
