"""What goes wrong at a brand's host is told under the brand's face, as far as that is known."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils.functional import SimpleLazyObject

from caseway.accounts.models import Brand
from caseway.core.http.pages import not_found, unexpected
from caseway.demo.cast import Cast

HOST = {"host": "larkfield.localhost"}
OWN = '<span class="brand-name">Caseway</span>'


def asked(brand: object, path: str = "/portal/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.brand = brand  # type: ignore[attr-defined]
    return request


def broken() -> Brand:
    raise OperationalError("the server is away")


def test_a_brands_host_shows_its_face_and_the_installations_its_own(cast: Cast) -> None:
    brand = Brand.objects.get(host=HOST["host"])
    page = Client(headers=HOST).get("/nowhere").content.decode()
    assert f'<span class="brand-name">{brand.name}</span>' in page
    assert brand.digits in page
    assert OWN not in page
    for elsewhere in (Client().get("/nowhere"), Client(headers=HOST).get("/desk/nowhere")):
        assert elsewhere.status_code == 404
        assert OWN in elsewhere.content.decode()


def test_a_failure_asks_no_database_for_the_face() -> None:
    page = unexpected(asked(SimpleLazyObject(lambda: pytest.fail("asked for the brand"))))
    assert (page.status_code, OWN in page.content.decode()) == (500, True)


def test_a_failure_shows_the_face_that_is_known_without_its_picture() -> None:
    picture = SimpleNamespace(url="/brand/logo.png", width=40, height=40, is_wide=False)
    known = SimpleLazyObject(lambda: SimpleNamespace(name="Larkfield", digits="0f6674", logo=picture))
    assert known.name == "Larkfield"
    page = unexpected(asked(known)).content.decode()
    assert '<span class="brand-name">Larkfield</span>' in page
    assert picture.url not in page
    assert picture.url in not_found(asked(known)).content.decode()


def test_where_the_face_can_not_be_told_the_page_is_shown_all_the_same() -> None:
    page = not_found(asked(SimpleLazyObject(broken)))
    assert (page.status_code, OWN in page.content.decode()) == (404, True)
