"""What the composer offers to put into a text, by its reader."""

from django.urls import reverse
from django.utils.translation import gettext as _

from caseway.cases.conversation.mentions import NOTES
from caseway.cases.inserting.guides import TAKES_GUIDES
from caseway.cases.types import Audience


def inserts_for(number: str, audience: Audience, query: str) -> list[dict[str, str]]:
    """The buttons of `ui/composer.html`. `query` is the list's, kept for the way back without scripts."""

    def one(route: str, label: str, icon: str, words: str = "", sign: str = "") -> dict[str, str]:
        address = reverse(f"desk:{route}", args=[number]) + f"?audience={audience.value}"
        url = address + (f"&{query}" if query else "")
        return {"url": url, "label": label, "icon": icon, "words": words, "sign": sign}

    found = [one("case_canned", _("Insert a canned answer"), "snippet", _("Canned answer"), "/")]
    if audience in TAKES_GUIDES:
        found.append(one("case_guides", _("Insert a guide"), "book", _("Guide")))
    if audience in NOTES:
        found.append(one("case_colleagues", _("Mention a colleague"), "at", "", "@"))
    return found
