"""List-Unsubscribe does what it says, until its reader writes again."""

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case, Message
from caseway.cases.types import Audience
from caseway.mail.outbox.mime import as_message
from caseway.mail.tests.mails import latest_to, mail, mails_to, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]


def test_unsubscribing_and_writing_again(cast):
    case = Case.objects.get(number=take(mail("kim@orchid.example")).case_number)
    header = as_message(latest_to("kim@orchid.example"))["List-Unsubscribe"]
    address = header.partition("<mailto:")[2].removesuffix("?subject=unsubscribe>")
    assert take(mail("kim@orchid.example", "", subject="unsubscribe"), address).outcome == "ignored"
    ana = cast.at_desk(cast.ana)
    post(case, by=ana, audience=Audience.CUSTOMER, content=Content("One"))
    assert mails_to("kim@orchid.example") == 1
    assert Message.objects.filter(case=case).count() == 2
    take(mail("kim@orchid.example", "Any news?"), address)
    post(case, by=ana, audience=Audience.CUSTOMER, content=Content("Two"))
    assert "Two" in latest_to("kim@orchid.example").text


def test_a_stranger_unsubscribes_nobody(cast):
    case = Case.objects.get(number=take(mail("kim@orchid.example")).case_number)
    address = as_message(latest_to("kim@orchid.example"))["Reply-To"].addresses[0].addr_spec
    take(mail("eve@evil.example", "", subject="unsubscribe"), address)
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("One"))
    assert mails_to("kim@orchid.example") == 2
