"""The words of a reminder: the variables of canned answers, which are read and never evaluated."""

from caseway.accounts.models import Person
from caseway.cases.canned.variables import Scene, filled
from caseway.cases.models import Side
from caseway.cases.types import Sharing


def worded(text: str, side: Side, reader: Person) -> str:
    """The rule's text for this reader, in the language and zone of the moment.

    "Your name" is the reader's. What a case hasn't got is named between brackets.
    """
    others = Side.objects.filter(case=side.case_id, sharing=Sharing.SHARED).exclude(pk=side.pk)
    other = others.select_related("organisation").first() if "partner." in text else None
    return filled(text, Scene(side, other.organisation.name if other else "", reader))[0]
