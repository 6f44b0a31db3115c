"""The mailboxes of the demo world."""

import pytest

from caseway.mail.models import Mailbox


@pytest.fixture
def mailboxes(cast):
    """Larkfield's and Brightwater's case addresses."""
    return [
        Mailbox.objects.get_or_create(address="support@larkfield.example", organisation=cast.larkfield)[0],
        Mailbox.objects.get_or_create(address="cases@brightwater.example", organisation=cast.brightwater)[0],
    ]
