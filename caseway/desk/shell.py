"""What surrounds every page of the desk: the sidebar with its views and live counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.views.counts import counts_beside
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import SIX, View, view_named
from caseway.cases.views.queries import label_of_view
from caseway.cases.views.saving.counting import kept_counts
from caseway.cases.views.saving.queries import IN_SIDEBAR, first_at_hand, views_at_hand
from caseway.notifications.noticing.queries import unread_of

from .keys.declared import key_of
from .settings.places import has_settings

MINE = (View.TODO, View.FOLLOWING, View.CREATED, View.PROCESSED)
COUNTED = (
    View.ALL_ACTIVE, View.RECENT_RESPONSES, View.MY_ACTIVE, View.MY_WATCHED, View.NEW, View.TODO, View.CREATED
)  # fmt: skip
SAME = {View.FOLLOWING: View.MY_WATCHED}
"""Two names of one list: counted once."""
RAILS = ("desk:case",)
HOT = (View.RECENT_RESPONSES, View.NEW)
LOOKS = {
    View.ALL_ACTIVE: ("layers", key_of("go_all_active")),
    View.RECENT_RESPONSES: ("reply", key_of("go_recent_responses")),
    View.MY_ACTIVE: ("user", key_of("go_my_active")),
    View.MY_WATCHED: ("eye", key_of("go_my_watched")),
    View.NEW: ("new", key_of("go_new")),
    View.ALL: ("inbox", key_of("go_all")),
    View.TODO: ("check", key_of("go_todo")),
    View.FOLLOWING: ("eye", ""),
    View.CREATED: ("edit", ""),
    View.PROCESSED: ("done", ""),
}


@dataclass(frozen=True)
class Place:
    """One line of the sidebar. `count` is None where a view isn't counted, or not yet."""

    key: str
    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None
    is_counted: bool = False
    hot: bool = False
    shortcut: str = ""


@dataclass(frozen=True)
class Shell:
    """The frame of a desk page, as `desk/base.html` draws it."""

    organisation: str
    person: dict[str, object]
    home_url: str
    new_case_url: str
    views: list[Place]
    saved: list[Place]
    mine: list[Place]
    foot: list[Place]
    is_rail: bool
    bell: Place
    keys_url: str
    single_keys: bool

    def count_of(self, key: str) -> int | None:
        """The count of a view, None where it isn't counted."""
        return next((place.count for place in (*self.views, *self.mine) if place.key == key), None)


def desk_shell(request: HttpRequest) -> dict[str, object]:
    """Template context: `shell`, worked out only where a desk page draws it."""
    return {"shell": SimpleLazyObject(lambda: shell_for(request))}


def shell_for(request: HttpRequest) -> Shell:
    """The shell for whoever looks at a desk page.

    One query for its counts and saved views, none where the sidebar is but icons: all of these would be
    the same bookmark, so there is the way to their page. Counts of saved views are fetched after the
    page: what somebody saved may take longer to count than a page may take.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    is_rail = _is_rail(request)
    counts, unread, saved = (
        ({}, None, []) if is_rail else counts_beside(COUNTED, viewer, unread_of, first_at_hand)
    )
    places = {place.key: place for place in _places(counts, _current_view(request))}
    return Shell(
        organisation=str(viewer.organisation),
        person={
            "name": str(viewer.person),
            "key": viewer.person.email if viewer.person else "",
            "account_url": reverse("profile"),
            "sign_out_url": reverse("account_logout"),
        },
        home_url=reverse("desk:cases"),
        new_case_url=reverse("desk:new_case"),
        views=[places[view.value] for view in SIX],
        saved=[_all_saved()] if is_rail else _saved(saved, request.GET.get("saved", "")),
        mine=[places[view.value] for view in MINE],
        foot=_foot(viewer, request.path),
        is_rail=is_rail,
        bell=_bell(unread, current=request.path == reverse("desk:notices")),
        keys_url=reverse("desk:keys"),
        single_keys=viewer.person is None or viewer.person.uses_single_keys,
    )


def _is_rail(request: HttpRequest) -> bool:
    """Whether the sidebar is but icons: then its counts, which nobody sees, are fetched when it opens."""
    return request.resolver_match is not None and request.resolver_match.view_name in RAILS


def counted_places(viewer: Viewer, current: View | None = None) -> list[Place]:
    """The views with their counts, saved ones too, and the bell as the last.

    One query for the named views and the bell; saved views have theirs, and what was counted less
    than two seconds ago is taken as it was.
    """
    counts, unread, _first = counts_beside(COUNTED, viewer, unread_of, first_at_hand)
    saved = views_at_hand(viewer)[:IN_SIDEBAR]
    counted = kept_counts(saved, viewer)
    shown = [replace(_saved_place(one.pk, one.name), count=counted.get(one.pk)) for one in saved]
    return [*_places(counts, current), *shown, _bell(unread)]


def places_at_hand(viewer: Viewer) -> list[Place]:
    """All places of the sidebar, uncounted, and every saved view; one query."""
    saved = [_saved_place(one.pk, one.name) for one in views_at_hand(viewer)]
    return [*_places({}, None), *saved, _all_saved(), _bell(None), *_foot(viewer, "")]


def _saved(saved: Sequence[Mapping[str, Any]], current: str) -> list[Place]:
    """The first of the saved views, and the way to all where there are more."""
    shown = [
        _saved_place(one["id"], one["name"], current=str(one["id"]) == current) for one in saved[:IN_SIDEBAR]
    ]
    return [*shown, _all_saved()] if len(saved) > IN_SIDEBAR else shown


def _saved_place(key: int, name: str, *, current: bool = False) -> Place:
    url = f"{reverse('desk:cases')}?saved={key}"
    return Place(f"saved-{key}", name, url, "bookmark", current=current, is_counted=True)


def _all_saved() -> Place:
    return Place("saved-views", _("Saved views"), reverse("desk:saved_views"), "bookmark")


def _places(counts: Mapping[View, int], current: View | None) -> list[Place]:
    counted = {view: counts.get(SAME.get(view, view)) for view in (*SIX, *MINE)}
    return [_place(view, n, current=view is current) for view, n in counted.items()]


def _bell(unread: int | None, *, current: bool = False) -> Place:
    """One's notifications, with how many are unread."""
    return Place(
        key="notices",
        label=_("Notifications"),
        url=reverse("desk:notices"),
        icon="bell",
        current=current,
        count=unread,
        is_counted=True,
        hot=bool(unread),
        shortcut=key_of("go_notices"),
    )


def _place(view: View, count: int | None, *, current: bool) -> Place:
    icon, shortcut = LOOKS[view]
    return Place(
        key=view.value,
        label=label_of_view(view),
        url=f"{reverse('desk:cases')}?{CaseFilter(view=view, sort=default_sort(view)).query_string()}",
        icon=icon,
        current=current,
        count=count,
        is_counted=SAME.get(view, view) in COUNTED,
        hot=view in HOT and bool(count),
        shortcut=shortcut,
    )


def default_sort(view: View) -> str:
    """How a view is sorted unless its reader says otherwise."""
    return "-latest" if view is View.RECENT_RESPONSES else "-updated"


def _current_view(request: HttpRequest) -> View | None:
    """The view that the page belongs to: a list has one unless it is saved, a case the one it was
    opened from.
    """
    if request.GET.get("saved"):
        return None
    asked = view_named(request.GET.get("view", ""))
    return asked or (View.ALL_ACTIVE if request.path == reverse("desk:cases") else None)


def _foot(viewer: Viewer, path: str) -> list[Place]:
    """The places beside the lists, those to administer only where one may; the one at `path` is current."""

    def place(route: str, label: str, icon: str) -> Place:
        url = reverse(f"desk:{route}")
        return Place(route, label, url, icon, current=path.startswith(url))

    places = [
        place("tasks", _("Tasks"), "check"),
        place("shipments", _("Shipments"), "box"),
        place("customers", _("Customers"), "building"),
        place("guides", _("Guides"), "book"),
    ]
    if has_settings(viewer):
        settings = place("settings", _("Settings"), "gear")
        elsewhere = any(one.current for one in places)  # guides, which every agent finds beside it
        places.append(replace(settings, current=settings.current and not elsewhere))
    return places
