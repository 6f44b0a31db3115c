"""Jinja2 for Caseway's pages; Django's own engine serves what is not found here."""

import json
import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined, make_logging_undefined

from caseway.core.clock import now
from caseway.core.ui.addresses import address_of
from caseway.core.ui.attributes import attributes, token
from caseway.core.ui.deadlines import remaining
from caseway.core.ui.drawing import Drawn
from caseway.core.ui.forms import widget_class
from caseway.core.ui.loader import SliceLoader
from caseway.core.ui.marking import marked
from caseway.core.ui.numbers import capped, filesize, number
from caseway.core.ui.people import hue, initials
from caseway.core.ui.prose import prose
from caseway.core.ui.sprite import symbol
from caseway.core.ui.times import (
    age,
    age_name,
    clock,
    date_name,
    day,
    day_name,
    exact,
    span,
    stamp,
    weekday_stamp,
    when,
)
from caseway.core.ui.words import audience_label, portal_name, priority_name, status_name
from caseway.desk.keys.declared import key_of

SLICES = Path(__file__).resolve().parent.parent / "caseway"
FILTERS = {
    "age": age,
    "age_name": age_name,
    "attributes": attributes,
    "audience_label": audience_label,
    "capped": capped,
    "clock": clock,
    "date_name": date_name,
    "day": day,
    "day_name": day_name,
    "exact": exact,
    "filesize": filesize,
    "hue": hue,
    "initials": initials,
    "marked": marked,
    "number": number,
    "portal_name": portal_name,
    "priority_name": priority_name,
    "prose": prose,
    "span": span,
    "stamp": stamp,
    "status_name": status_name,
    "token": token,
    "weekday_stamp": weekday_stamp,
    "when": when,
    "widget_class": widget_class,
}
# Strict enough for `script-src 'self'; style-src 'self'`: nothing evaluated, no style injected.
# No copy of a page is kept in the browser's storage. A form's errors come as 422 and are shown.
HTMX = {
    # Not "style", htmx's own: a field made higher by hand has one, and the policy refuses to copy it.
    "attributesToSettle": ["class", "width", "height"],
    "allowEval": False,
    "historyCacheSize": 0,
    "includeIndicatorStyles": False,
    "refreshOnHistoryMiss": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "(409|412|422)", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
    "selfRequestsOnly": True,
}


def environment(**options: Any) -> Environment:
    """Caseway's environment; `options` come from Django's backend and are kept where sensible.

    A missing variable is an error in development and tests; in production it is logged and
    shows as nothing, since half a page helps a reader more than none.
    """
    strict = getattr(settings, "STRICT_TEMPLATES", True)
    lenient = make_logging_undefined(logging.getLogger("caseway.templates"))
    options |= {
        "loader": SliceLoader(SLICES, plain=(SLICES / "accounts" / "templates",)),
        "autoescape": lambda name: name is None or not name.endswith(".txt"),
        "undefined": StrictUndefined if strict else lenient,
        "cache_size": -1,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }
    env = Environment(**options)  # noqa: S701 - autoescape is on for everything but plain text
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.filters |= FILTERS
    env.globals |= {
        "drawing": Drawn,
        "htmx_config": json.dumps(HTMX),
        "key_of": key_of,
        "language": get_language,
        "language_bidi": get_language_bidi,
        "messages_of": get_messages,
        "now": now,
        "remaining": remaining,
        "static": static,
        "symbol": symbol,
        "url": address_of,
        "zone": get_current_timezone_name,
    }
    return env
