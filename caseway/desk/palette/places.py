"""Places of the desk: views, lists, boards, settings; of the latter those that the viewer may open."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.desk.settings.places import groups_for
from caseway.desk.shell import places_at_hand

from .options import EACH, Option


def places_named(typed: str, viewer: Viewer) -> list[Option]:
    """Places whose names hold all the words, the beginnings first; then settings that speak of them."""
    words = typed.lower()
    named = [one for one in _places(viewer) if all(word in one.label.lower() for word in words.split())]
    named.sort(key=lambda one: not one.label.lower().startswith(words))
    return (named + [one for one in _settings(viewer, typed) if one not in named])[:EACH]


def _places(viewer: Viewer) -> Iterator[Option]:
    for place in places_at_hand(viewer):
        yield Option(place.label, place.url, place.icon, keys=place.shortcut.split())
    yield Option(_("New case"), reverse("desk:new_case"), "plus")
    yield Option(_("My tasks"), reverse("desk:my_tasks"), "check")
    yield Option(_("Keys"), reverse("desk:keys"), "help")
    yield Option(_("Your account"), reverse("profile"), "user")
    yield from _settings(viewer, "")


def _settings(viewer: Viewer, typed: str) -> list[Option]:
    return [
        Option(str(place.title), place.url, place.icon, str(group.title))
        for group in groups_for(viewer, typed)
        for place in group.places
    ]
