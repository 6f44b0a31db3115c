"""A case that Tamarack is asked about, and the links that its mail has."""

import pytest

from caseway.cases.models import Case
from caseway.cases.types import AnswerKind
from caseway.demo.cast import Cast
from caseway.mail.models import Mailbox

from .scenes import asked, links


@pytest.fixture
def case(cast: Cast) -> Case:
    """Kim's case, about which Ana asked Tamarack by mail."""
    Mailbox.objects.get_or_create(address="support@larkfield.example", organisation=cast.larkfield)
    return asked(cast)


@pytest.fixture
def paths(case: Case) -> dict[AnswerKind, str]:
    """The path of each link in Tamarack's mail."""
    return links()
