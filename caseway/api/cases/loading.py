"""Where every operation on a case begins: with what the caller may see."""

import re

from django.utils.translation import gettext as _

from caseway.api.http.requests import ApiRequest
from caseway.cases.access.rules import Operation, may
from caseway.cases.models import Case, Side
from caseway.cases.numbers import PATTERN
from caseway.core.errors import Invalid, NotFound


def visible_case(request: ApiRequest, number: str) -> Case:
    """The case with this number. Raises NotFound where there is none, or none for this caller."""
    case = None
    if re.fullmatch(PATTERN, number):
        case = Case.objects.visible_to(request.viewer).select_related("host").filter(number=number).first()
    if case is None:
        raise NotFound
    return case


def own_side(request: ApiRequest, case: Case) -> Side:
    """The side of the caller's organisation. Raises NotFound for contacts, who know of no sides."""
    side = Side.objects.visible_to(request.viewer).filter(case=case).first()
    if side is None:
        raise NotFound
    return side


def case_named(request: ApiRequest, number: str, field: str) -> Case:
    """The case that a body names. Raises Invalid at `field` where there is none for this caller."""
    try:
        return visible_case(request, number)
    except NotFound:
        raise Invalid({field: _("There is no such case.")}) from None


def case_with_record(request: ApiRequest, number: str) -> Case:
    """The case, for those who may know of its internal record. Raises NotFound for anybody else."""
    case = visible_case(request, number)
    if not may(request.viewer, Operation.RECORD, own_side(request, case)):
        raise NotFound
    return case
