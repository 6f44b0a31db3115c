"""Every list that an administrator changes: one declaration each, and nothing else anywhere.

Pages, API, log and isolation tests read this table. A new list is a model and a line here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Team
from caseway.cases.models import Category, ContactMethod, NoteSubject, Priority, Reason, Tag, TaskType
from caseway.cases.types import CaseType
from caseway.core.errors import NotFound

from .fields import Choice, Field, Flag, Line, Number, Reference
from .uses import Uses, by_field, of_categories, of_reasons, of_tags, of_task_types

LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class ListKind:
    """One list. `key` is its address, `topic` its name in the log.

    `parted_by`: the field whose values have an order of their own each. `ranked`: a row's place is
    its rank. `by_language`: a name in each language; else one word, by which the list is sorted.
    """

    key: str
    topic: str
    model: Any
    title: Promise
    sentence: Promise
    new: Promise
    uses: Callable[[int], Uses] | None = None
    fields: tuple[Field, ...] = ()
    parted_by: str = ""
    ranked: bool = False
    by_language: bool = True
    longest: int = LONGEST_NAME

    @property
    def has_places(self) -> bool:
        """Whether people choose the order."""
        return self.by_language

    @property
    def order(self) -> tuple[str, ...]:
        """How the list is sorted."""
        if not self.has_places:
            return ("name", "pk")
        return ("rank", "pk") if self.ranked else ("position", "pk")

    def signs_of(self, row: Any) -> list[str]:
        """What the list shows beside a row's name."""
        shown = [one.sign(row) for one in self.fields if one.name != self.parted_by]
        return [text for text in shown if text]

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)


KINDS = (
    ListKind(
        key="priorities",
        topic="priority",
        model=Priority,
        title=_("Priorities"),
        sentence=_("How pressing a case is, from the least to the most pressing. One is the default."),
        new=_("New priority"),
        uses=partial(by_field, field="priority"),
        fields=(
            Flag(
                name="is_default",
                label=_("Default"),
                hint=_("New cases have it unless their topic says otherwise."),
                only_one=True,
            ),
        ),
        ranked=True,
    ),
    ListKind(
        key="categories",
        topic="category",
        model=Category,
        title=_("Topics and categories"),
        sentence=_("What customers choose from when they raise a case: topics, and below each its items."),
        new=_("New topic"),
        uses=of_categories,
        fields=(
            Reference(
                name="parent",
                label=_("Topic"),
                hint=_("None: this is a topic itself."),
                model=Category,
                narrowed=(("parent__isnull", True),),
                lasting=True,
            ),
            Choice(
                name="case_type",
                label=_("Case type"),
                hint=_("The type of its cases. An item needs one, a topic has none."),
                values=CaseType,
            ),
            Line(
                name="default_subject",
                label=_("Subject to begin with"),
                hint=_("Customers may change it."),
            ),
            Reference(name="default_priority", label=_("Default priority"), model=Priority),
            Reference(name="default_team", label=_("Default team"), model=Team),
            Number(
                name="deadline_hours",
                label=_("Deadline in hours"),
                hint=_("Counted from the creation of the case. Empty: no deadline."),
                most=8760,
            ),
        ),
        parted_by="parent",
    ),
    ListKind(
        key="reasons",
        topic="reason",
        model=Reason,
        title=_("Reasons"),
        sentence=_("Why a case is closed, reopened, cancelled, withdrawn or suspended."),
        new=_("New reason"),
        uses=of_reasons,
        fields=(
            Choice(
                name="kind",
                label=_("For"),
                hint=_("It can't be changed later, since histories name it."),
                values=Reason.Kind,
                required=True,
                lasting=True,
            ),
        ),
        parted_by="kind",
    ),
    ListKind(
        key="contact-methods",
        topic="contact_method",
        model=ContactMethod,
        title=_("Contact methods"),
        sentence=_("How customers reach you: web, e-mail, phone, chat, counter."),
        new=_("New contact method"),
        uses=partial(by_field, field="contact_method"),
    ),
    ListKind(
        key="note-subjects",
        topic="note_subject",
        model=NoteSubject,
        title=_("Note subjects"),
        sentence=_("What a note on a case is about."),
        new=_("New note subject"),
    ),
    ListKind(
        key="task-types",
        topic="task_type",
        model=TaskType,
        title=_("Types of tasks"),
        sentence=_("What kind of work a task is: a call, a check, something for the warehouse."),
        new=_("New type of tasks"),
        uses=of_task_types,
    ),
    ListKind(
        key="tags",
        topic="tag",
        model=Tag,
        title=_("Tags"),
        sentence=_("Words that colleagues put on cases to find them again. Customers never see them."),
        new=_("New tag"),
        uses=of_tags,
        by_language=False,
        longest=40,
    ),
)


def kind_named(key: str) -> ListKind:
    """The list at this address. Raises NotFound."""
    found = next((kind for kind in KINDS if kind.key == key), None)
    if found is None:
        raise NotFound
    return found
