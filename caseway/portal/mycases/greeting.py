"""Good morning."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.core.clock import now


def greeting(viewer: Viewer) -> str:
    """The greeting that fits the hour in the reader's zone."""
    name = viewer.person.get_short_name() if viewer.person else ""
    hour = localtime(now()).hour
    if 5 <= hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}
