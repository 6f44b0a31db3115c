"""Whether a From can be believed, by what our own mail server found out (RFC 8601)."""

from django.conf import settings

from caseway.mail.models import Mailbox
from caseway.mail.reading import AuthenticationResult, ReadMail

# The property of each method that names the domain which passed.
DOMAIN_OF = {"dmarc": "header.from", "dkim": "header.d", "spf": "smtp.mailfrom"}


def sender_is_proven(mail: ReadMail, mailbox: Mailbox | None) -> bool:
    """Whether the trusted server says that the mail is from the domain of its From.

    DMARC, or DKIM or SPF for the From's own domain or one above it. Without a trusted server
    in the settings nobody is believed; what a sender writes under that name in the header
    lies below what our server writes, and only the topmost counts.
    """
    trusted = ((mailbox.trusted_server if mailbox else "") or settings.MAIL_TRUSTED_SERVER).lower()
    if not trusted or mail.from_ is None:
        return False
    domain = mail.from_.email.rpartition("@")[2].lower()
    topmost = next((h for h in mail.authentication_results if h.authserv_id == trusted), None)
    if topmost is None or not domain:
        return False
    if any(r.method == "dmarc" and r.result != "pass" for r in topmost.results):
        return False
    return any(_proves(result, domain) for result in topmost.results)


def _proves(result: AuthenticationResult, domain: str) -> bool:
    name = DOMAIN_OF.get(result.method)
    if name is None or result.result != "pass":
        return False
    properties = dict(result.properties)
    value = properties.get(name) or (properties.get("header.i", "") if result.method == "dkim" else "")
    proven = value.rpartition("@")[2].lower().rstrip(".")
    return bool(proven) and "." in proven and (domain == proven or domain.endswith(f".{proven}"))
