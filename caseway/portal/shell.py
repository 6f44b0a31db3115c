"""What surrounds every page of the portal: the brand, the navigation, the person."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from caseway.accounts.models.brand import Logo
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.cases.portal import brand_of


@dataclass(frozen=True)
class Face:
    """The brand as the frame draws it; `colour` is six hex digits, or "" for Caseway's own."""

    name: str
    home_url: str
    colour: str = ""
    footer: str = ""
    logo: Logo | None = None


@dataclass(frozen=True)
class Place:
    """One word of the navigation."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Shell:
    """The frame of a portal page, as `portal/base.html` draws it."""

    brand: Face
    person: dict[str, object] | None
    nav: list[Place]
    links: list[Place] = field(default_factory=list)


def portal_shell(request: ViewerRequest) -> dict[str, object]:
    """Template context: `portal`, worked out (no query) only where a portal page draws it."""
    return {"portal": SimpleLazyObject(lambda: shell_for(request))}


def shell_for(request: ViewerRequest) -> Shell:
    """The shell for whoever looks at a portal page."""
    viewer, brand = request.viewer, brand_of(request)
    organisation = str(viewer.organisation) if viewer.organisation else "Caseway"
    return Shell(
        brand=Face(
            name=brand.name if brand else organisation,
            home_url=reverse("portal:home"),
            colour=brand.digits if brand else "",
            logo=brand.logo if brand else None,
            footer=_("Customer service of %(organisation)s") % {"organisation": organisation},
        ),
        person=_person(viewer),
        nav=_places(request, viewer) if viewer.is_contact else [],
    )


def _person(viewer: Viewer) -> dict[str, object] | None:
    if viewer.person is None:
        return None
    return {
        "name": str(viewer.person),
        "key": f"person-{viewer.person.pk}",
        "account_url": reverse("profile"),
        "sign_out_url": reverse("account_logout"),
    }


def _places(request: ViewerRequest, viewer: Viewer) -> list[Place]:
    name = request.resolver_match.url_name if request.resolver_match else ""
    in_shipments = name in ("shipments", "shipment")
    in_guides = name in ("guides", "guide", "guide_solution")
    in_account = name == "colleagues"
    places = [
        Place(_("Cases"), reverse("portal:home"), not (in_shipments or in_guides or in_account)),
        Place(_("Shipments"), reverse("portal:shipments"), in_shipments),
        Place(_("Guides"), reverse("portal:guides"), in_guides),
    ]
    if viewer.administers_account:
        places.append(Place(_("Colleagues"), reverse("portal:colleagues"), in_account))
    return places
