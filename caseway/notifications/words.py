"""The words of a mail, in the reader's language, as plain text and as simple HTML."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from caseway.accounts.brands.sites import site_of
from caseway.accounts.models import Brand, Organisation, Person
from caseway.core.text import clean_line
from caseway.core.ui.brands import readable_on_white
from caseway.mail.outbox.letters import Words

LANGUAGES = {code for code, _name in settings.LANGUAGES}


def language_for(person: Person | None, organisation: Organisation) -> str:
    """The reader's language: their own choice, else their organisation's, else English."""
    chosen = (person.language if person else "") or organisation.language
    return chosen if chosen in LANGUAGES else "en"


def say(template: str, language: str, context: Mapping[str, object]) -> Words:
    """Render `notifications/<template>.txt` and `.html`; the text's first line is the subject."""
    with translation.override(language):
        told = render_to_string(f"notifications/{template}.txt", dict(context)).strip()
        subject, _blank, text = told.partition("\n")
        subject = clean_line(subject)
        brand = context["brand"]
        colour = readable_on_white(brand.colour) if isinstance(brand, Brand) else ""
        more = {"subject": subject, "colour": colour}
        html = render_to_string(f"notifications/{template}.html", {**context, **more})
    return Words(subject, text.strip() + "\n", html)


def said_in(language: str) -> str:
    """`language` where Caseway speaks it, else ""."""
    return language if language in LANGUAGES else ""


def sign_in_link(brand: Brand | None) -> str:
    """The sign-in page, at the brand's own host where it has one."""
    return site_of(brand) + reverse("account_login")


def portal_link(number: str, brand: Brand | None) -> str:
    """The case's page in the portal, at the brand's own host where it has one."""
    return site_of(brand) + reverse("portal:case", args=[number])


def satisfaction_link(token: str, answer: str, brand: Brand | None) -> str:
    """The page that asks for one answer to be confirmed, at the brand's own host where it has one."""
    path = reverse("portal:satisfaction_mailed", args=[token])
    return f"{site_of(brand)}{path}?answer={answer}"


def desk_link(number: str) -> str:
    """The case's page at the desk."""
    return settings.BASE_URL + reverse("desk:case", args=[number])
