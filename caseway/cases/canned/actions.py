"""Writing, changing and removing canned answers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.accounts.audit import record
from caseway.accounts.changing import Changes, State, differences
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import CannedAnswer
from caseway.cases.models.canned import LONGEST_BODY, LONGEST_TITLE
from caseway.core.clock import now
from caseway.core.errors import Invalid, NotAllowed, NotFound, Stale
from caseway.core.text import clean, clean_line
from caseway.core.transactions import action

from .events import CannedAnswerChanged
from .queries import teams_to_write_for
from .variables import objection_to

OWN, TEAM, ORGANISATION = "own", "team", "organisation"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What somebody writes. `scope` is own, team (then with the team's id) or organisation."""

    title: str
    body: str
    scope: str = OWN
    team: int | None = None


def scope_of(answer: CannedAnswer) -> str:
    """Whose it is."""
    return OWN if answer.owner_id else TEAM if answer.team_id else ORGANISATION


def may_change(answer: CannedAnswer, viewer: Viewer) -> bool:
    """Their owner changes their own, a lead those of their teams, who manages settings all others."""
    if answer.owner_id:
        return answer.owner_id == viewer.person_id
    if viewer.has(Permission.SETTINGS):
        return True
    return viewer.has(Permission.LEAD) and answer.team_id in viewer.team_ids


@action
def write(wording: Wording, *, by: Viewer) -> CannedAnswer:
    """A new canned answer. Raises NotAllowed for what is not theirs to share, Invalid by field."""
    if not by.is_agent:
        raise NotFound
    answer = CannedAnswer(organisation=by.organisation)
    return _store(answer, wording, by, "added", before={})


@action
def rewrite(answer: CannedAnswer, wording: Wording, *, by: Viewer, version: int | None) -> CannedAnswer:
    """Change one. `version` is the one that was read, None takes any.

    Raises NotFound, NotAllowed, Invalid, and Stale with what is stored where somebody was quicker.
    """
    stored = _locked(answer, by)
    if version is not None and version != stored.version:
        words = _("%(name)s has changed this meanwhile.") % {"name": stored.updated_by.name}
        current = {"title": stored.title, "body": stored.body, "version": stored.version}
        raise Stale(words, current=current)
    stored.version += 1
    return _store(stored, wording, by, "changed", before=_shared(stored))


@action
def remove(answer: CannedAnswer, *, by: Viewer) -> None:
    """Throw it away; what was sent with it stays. Raises NotFound, NotAllowed."""
    stored = _locked(answer, by)
    _tell(stored, by, "removed", _shared(stored).get("title", ""), {})
    stored.delete()


def _locked(answer: CannedAnswer, by: Viewer) -> CannedAnswer:
    seen = CannedAnswer.objects.visible_to(by).select_related("updated_by")
    stored = seen.select_for_update(of=("self",)).filter(pk=answer.pk).first()
    if stored is None:
        raise NotFound
    if not may_change(stored, by):
        raise NotAllowed(_("Only who may share answers with this team can change it."))
    return stored


def _store(answer: CannedAnswer, wording: Wording, by: Viewer, change: str, *, before: State) -> CannedAnswer:
    title, body = clean_line(wording.title, 1_000), clean(wording.body).strip()
    _check(title, body)
    _give_to(answer, wording, by)
    answer.title, answer.body = title, body
    answer.updated_by, answer.updated_at = by.person, now()  # type: ignore[assignment]
    answer.save()
    after = _shared(answer)
    _tell(answer, by, change, after.get("title") or before.get("title", ""), differences(before, after))
    return answer


def _check(title: str, body: str) -> None:
    wrong: dict[str, str] = {}
    if not title:
        wrong["title"] = _("Give it a title, by which it is found.")
    elif len(title) > LONGEST_TITLE:
        wrong["title"] = _("Keep it under %(limit)s characters.") % {"limit": LONGEST_TITLE}
    if not body:
        wrong["body"] = _("Write something first.")
    elif len(body) > LONGEST_BODY:
        wrong["body"] = _("Keep it under %(limit)s characters.") % {"limit": LONGEST_BODY}
    elif objection := objection_to(body):
        wrong["body"] = objection
    if wrong:
        raise Invalid(wrong)


def _give_to(answer: CannedAnswer, wording: Wording, by: Viewer) -> None:
    """Whose it is from now on. Raises Invalid at `scope` or `team`, NotAllowed."""
    answer.owner = answer.team = None
    match wording.scope:
        case "own":
            answer.owner = by.person
        case "team":
            team = next((one for one in teams_to_write_for(by) if one.pk == wording.team), None)
            if team is None:
                raise Invalid({"team": _("Choose one of the teams for which you may write.")})
            answer.team = team
        case "organisation":
            if not by.has(Permission.SETTINGS):
                raise NotAllowed(_("Your role does not let you write for the whole organisation."))
        case _:
            raise Invalid({"scope": _("Choose own, team or organisation.")})


def _shared(answer: CannedAnswer) -> State:
    """What the organisation's log may tell of it: of what is somebody's own, no more than that it is."""
    scope = scope_of(answer)
    if scope == OWN:
        return {"scope": scope}
    team = answer.team.name if answer.team else ""
    return {"title": answer.title, "body": answer.body, "scope": scope, "team": team}


def _tell(answer: CannedAnswer, by: Viewer, change: str, thing: str, changes: Changes) -> None:
    event = CannedAnswerChanged(canned_answer_id=answer.pk, change=change, scope=scope_of(answer))
    record(event, by=by.person, organisation=by.organisation, thing=thing, changes=changes)
