"""Answering the question after closing: once per closing, and one word to it afterwards."""

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_case
from caseway.cases.history.actions import Actor, SeenBy, record
from caseway.cases.history.events import CaseRated
from caseway.cases.models import Case, Satisfaction
from caseway.cases.types import Verdict
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound
from caseway.core.text import clean
from caseway.core.transactions import action

from .links import Asked
from .queries import Question, question_about

LONGEST = 2000


@action
def answer(
    case: Case, verdict: Verdict | str, *, by: Viewer, way: Satisfaction.Way, comment: str = ""
) -> Satisfaction:
    """Answer as the signed-in contact of the case.

    Raises NotFound, NotAllowed for anybody but that contact, Conflict where nothing is asked any
    more or it was answered, and Invalid (`answer`, `comment`).
    """
    return _store(_locked_for(case, by), verdict, Actor.of(by), way, comment)


@action
def answer_from_mail(asked: Asked, verdict: Verdict | str) -> Satisfaction:
    """Answer by the signed link of the closing mail, without a sign-in. Raises Conflict and Invalid."""
    return _store(_locked_as_asked(asked), verdict, Actor(contact_id=asked.contact.pk), Satisfaction.Way.MAIL)


@action
def add_comment(case: Case, comment: str, *, by: Viewer) -> Satisfaction:
    """Say why, once, as the signed-in contact of the case. Raises as `answer` does."""
    return _add(_locked_for(case, by), comment)


@action
def add_comment_from_mail(asked: Asked, comment: str) -> Satisfaction:
    """Say why, once, by the signed link. Raises Conflict and Invalid."""
    return _add(_locked_as_asked(asked), comment)


def _locked_for(case: Case, by: Viewer) -> Case:
    locked = lock_case(case.pk).case
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise NotFound
    if not by.is_contact or by.contact_id != locked.contact_id:
        raise NotAllowed(_("Only the customer who raised the case answers this."))
    return locked


def _locked_as_asked(asked: Asked) -> Case:
    """The case of the link, if it still asks this contact about this closing."""
    locked = lock_case(asked.case.pk).case
    question = _question(locked)
    if question.closure.pk != asked.closure.pk or locked.contact_id != asked.contact.pk:
        raise _over()
    return locked


def _store(
    case: Case, verdict: Verdict | str, actor: Actor, way: Satisfaction.Way, comment: str = ""
) -> Satisfaction:
    question = _question(case)
    if question.answer is not None:
        raise Conflict(_("You have answered this already. Thank you."))
    stored = Satisfaction.objects.create(
        case=case,
        closure=question.closure,
        organisation=case.host,
        contact=question.contact,
        verdict=_checked(verdict),
        comment=_words(comment),
        way=way,
    )
    event = CaseRated(step_id=question.closure.pk, verdict=Verdict(stored.verdict))
    record(case, event, actor, SeenBy.ORGANISATION, organisation_id=case.host_id)
    return stored


def _add(case: Case, comment: str) -> Satisfaction:
    question = _question(case)
    if question.answer is None or not question.takes_comment:
        raise Conflict(_("There is nothing to add to any more."))
    words = _words(comment)
    if not words:
        raise Invalid({"comment": _("Write something first.")})
    question.answer.comment = words
    question.answer.save(update_fields=["comment"])
    return question.answer


def _question(case: Case) -> Question:
    question = question_about(case)
    if question is None:
        raise _over()
    return question


def _over() -> Conflict:
    return Conflict(_("This question is closed: the case was taken up again, or too much time has passed."))


def _checked(verdict: Verdict | str) -> Verdict:
    try:
        return Verdict(verdict)
    except ValueError:
        raise Invalid({"answer": _("Choose one of the answers.")}) from None


def _words(comment: str) -> str:
    words = clean(comment).strip()
    if len(words) > LONGEST:
        raise Invalid({"comment": _("Keep it under %(limit)s characters.") % {"limit": LONGEST}})
    return words
