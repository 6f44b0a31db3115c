"""Cases that begin with a customer's mail."""

from email.message import EmailMessage
from email.utils import make_msgid
from secrets import token_hex
from urllib.parse import quote

from playwright.sync_api import Page

from tests.journeys.installation import Installation


def asked_by_mail(installation: Installation, page: Page, subject: str) -> str:
    """A customer's mail becomes a case; gives its number, as soon as this agent's desk lists it."""
    subject = f"{subject} {token_hex(4)}"
    mail = EmailMessage()
    mail["From"] = "Buyer <buyer@two.example>"
    mail["To"] = "support@larkfield.example"
    mail["Subject"] = subject
    mail["Message-ID"] = make_msgid(domain="two.example")
    mail.set_content(f"{subject}. Please help.")
    installation.deliver(mail, to="support@larkfield.example")
    page.goto(f"/desk/cases/?view=new&q={quote(subject)}")
    row = page.get_by_role("row", name=subject)
    for _look in range(40):
        if row.count():
            break
        page.wait_for_load_state("networkidle")
        page.reload()
    return row.locator("[data-select]").input_value()
