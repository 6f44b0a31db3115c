"""Short ways to the situations that the tests of cases begin with."""

from caseway.accounts.models import Organisation
from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, Message, Reason, Side
from caseway.cases.partnering.actions import add_partner
from caseway.cases.types import Audience
from caseway.demo.cast import Cast


def raised_by_kim(cast: Cast, subject: str = "Sideboard arrived broken") -> Case:
    """A New case of Kim's, raised in the portal."""
    return create(NewCase(subject=subject, description="The top is cracked."), by=cast.in_portal(cast.kim))


def owned_by_ana(cast: Cast) -> Case:
    """An Open case without customer that Ana made and owns."""
    return create(NewCase(subject="Crate held", description="Since Monday."), by=cast.at_desk(cast.ana))


def shared_with_brightwater(cast: Cast) -> Case:
    """Kim's case with Brightwater brought in by Lea."""
    case = raised_by_kim(cast)
    lea = cast.at_desk(cast.lea)
    add_partner(case, by=lea, partner=cast.brightwater, subject="Crate damaged", text="Please check.")
    return fresh(case)


def fresh(case: Case) -> Case:
    """The case as it is stored now."""
    return Case.objects.get(pk=case.pk)


def side_of(case: Case, organisation: Organisation) -> Side:
    """An organisation's side of the case as it is stored now."""
    return Side.objects.get(case=case, organisation=organisation)


def closure_reason(cast: Cast) -> Reason:
    """One of Larkfield's reasons to close."""
    reason = Reason.objects.filter(organisation=cast.larkfield, kind=Reason.Kind.CLOSURE).first()
    assert reason is not None
    return reason


def says(case: Case, by: Viewer, audience: Audience, text: str) -> Message:
    """Somebody writes a message."""
    return post(case, by=by, audience=audience, content=Content(text))
