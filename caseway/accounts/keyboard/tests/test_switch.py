"""Single keys are switched by their owner alone, with and without scripts."""

from django.test import Client

from caseway.demo.cast import Cast


def switch(cast: Cast, on: bool, **headers: str) -> int:
    client = Client()
    client.force_login(cast.ana)
    return client.post("/desk/keys/single", {"single_keys": "yes"} if on else {}, headers=headers).status_code


def test_off_and_on_again_without_scripts(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ana)
    assert 'name="single_keys" value="yes" checked' in client.get("/desk/keys/").content.decode()
    assert switch(cast, on=False) == 302
    page = client.get("/desk/keys/").content.decode()
    assert 'name="single_keys" value="yes" aria' in page
    assert 'class="desk" data-keys="off"' in page
    assert switch(cast, on=True) == 302
    cast.ana.refresh_from_db()
    assert cast.ana.uses_single_keys


def test_with_scripts_the_page_stays(cast: Cast) -> None:
    assert switch(cast, on=False, HX_Request="true") == 204
    for person in (cast.ana, cast.ben):
        person.refresh_from_db()
    assert not cast.ana.uses_single_keys
    assert cast.ben.uses_single_keys


def test_only_agents_come_here(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.kim)
    assert client.post("/desk/keys/single").status_code == 404
    assert client.get("/desk/keys/").status_code == 404
