"""What the desk asks for when a task is added or changed."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation, fits, may
from caseway.cases.desk import OperationForm
from caseway.cases.models import Task, TaskStatus
from caseway.core.errors import Conflict
from caseway.core.transactions import action

from . import actions
from .fields import FIELDS, LONGEST_COMMENT, LONGEST_DESCRIPTION, LONGEST_TITLE
from .queries import colleagues_for, priorities_for, teams_for, types_for

MOMENT = "%Y-%m-%dT%H:%M"
SHOWN = (*FIELDS, "status")
NULLABLE = frozenset({"type", "assignee", "team", "priority", "due_at"})
CHOSEN = ("assignee", "team", "type", "priority")
Choices = list[tuple[str, str]]


class NewTaskForm(OperationForm):
    """What is to be done, by whom, until when (in the reader's own zone)."""

    title = forms.CharField(required=False, max_length=LONGEST_TITLE)
    description = forms.CharField(
        required=False, max_length=LONGEST_DESCRIPTION, widget=forms.Textarea(attrs={"rows": 3})
    )
    assignee = forms.ChoiceField(required=False)
    team = forms.ChoiceField(required=False)
    type = forms.ChoiceField(required=False)
    priority = forms.ChoiceField(required=False)
    due_at = forms.DateTimeField(
        required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "title": _("What is to be done"),
            "description": _("Details"),
            "assignee": _("Who does it"),
            "team": _("Team"),
            "type": _("Type"),
            "priority": _("Priority"),
            "due_at": _("Due"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        for name, choices in choices_for(self.viewer).items():
            self._offer(name, choices)

    def _offer(self, name: str, choices: Choices) -> None:
        """The choices, and the present one where it isn't among them any more."""
        present = self.initial.get(name)
        if present and present not in dict(choices):
            choices = [*choices, (present, self.initial.get(f"{name}_label", present))]
        nothing = _("Nobody yet") if name == "assignee" else _("None")
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What was entered, as the actions take it."""
        values = {name: self.cleaned_data[name] for name in FIELDS}
        return {name: (value or None) if name in NULLABLE else value for name, value in values.items()}


class TaskForm(NewTaskForm):
    """A task as it is, beside what was `seen` of it when the form was made; and a comment."""

    status = forms.ChoiceField(choices=TaskStatus.choices)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    comment = forms.CharField(
        required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        self.task = task
        super().__init__(*args, initial=initial_of(task), **kwargs)
        self.fields["comment"].label = _("Comment")
        self.fields["status"].label = _("Status")
        for name in FIELDS:
            self.fields[name].disabled = not self.is_editable
        self.fields["status"].disabled = not self._lets(Operation.WORK_OFF)

    @property
    def is_editable(self) -> bool:
        """Whether the fields may be changed; comments always may be written."""
        return self._lets(Operation.TASKS)

    def _lets(self, operation: Operation) -> bool:
        return may(self.viewer, operation, self.side) and fits(operation, self.side.case)

    def changes(self) -> dict[str, Any]:
        """The fields that differ from what was seen."""
        seen, given = self._seen(), {**self.given(), "status": self.cleaned_data["status"]}
        return {
            name: value
            for name, value in given.items()
            if not self.fields[name].disabled and text_of(value) != seen[name]
        }

    def note_present(self) -> None:
        """Remember what is stored now, so that saving once more replaces it knowingly."""
        self.data = {**{key: self.data[key] for key in self.data}, "seen": json.dumps(texts_of(self.task))}

    @action
    def apply(self) -> None:
        """Store the changes and the comment. Raises Conflict where somebody changed the same field."""
        changes = self.changes()
        self._refuse_to_overwrite(changes)
        status = changes.pop("status", None)
        if changes:
            actions.edit(self.task, by=self.viewer, changes=changes, version=self.task.version)
        if status is not None:
            actions.move(self.task, by=self.viewer, status=TaskStatus(status))
        if self.cleaned_data["comment"].strip():
            actions.comment(self.task, by=self.viewer, text=self.cleaned_data["comment"])

    def _refuse_to_overwrite(self, changes: Mapping[str, Any]) -> None:
        seen, stored = self._seen(), texts_of(self.task)
        lost = [n for n in changes if stored[n] not in (seen[n], text_of(changes[n]))]
        if lost:
            self.note_present()
            names = ", ".join(f"{self.fields[name].label} ({stored[name] or _('none')})" for name in lost)
            words = _("Somebody changed this meanwhile: %(fields)s. Save again to replace it with yours.")
            raise Conflict(words % {"fields": names})

    def _seen(self) -> dict[str, str]:
        """What stood in the form; what is stored for what the form doesn't tell."""
        try:
            sent = json.loads(self.cleaned_data["seen"])
        except ValueError:
            sent = {}
        known = {name: value for name, value in sent.items() if isinstance(value, str)} if sent else {}
        return texts_of(self.task) | {name: known[name] for name in SHOWN if name in known}


def choices_for(viewer: Viewer) -> dict[str, Choices]:
    """What may be chosen for each field."""
    return {
        "assignee": colleagues_for(viewer),
        "team": teams_for(viewer),
        "type": types_for(viewer),
        "priority": priorities_for(viewer),
    }


def values_of(task: Task) -> dict[str, Any]:
    """The fields as they are stored, in the words of the form."""
    return {
        "title": task.title,
        "description": task.description,
        "type": str(task.type_id or ""),
        "assignee": task.assignee.email if task.assignee else "",
        "team": str(task.team_id or ""),
        "priority": str(task.priority_id or ""),
        "due_at": task.due_at,
        "status": task.status,
    }


def texts_of(task: Task) -> dict[str, str]:
    """The same as text, to compare."""
    return {name: text_of(value) for name, value in values_of(task).items()}


def text_of(value: Any) -> str:
    """A field's value as text; moments to the minute, which is what the form shows."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="minutes")
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def initial_of(task: Task) -> dict[str, Any]:
    """What stands in the form at first."""
    labels = {f"{name}_label": str(getattr(task, name) or "") for name in CHOSEN}
    moment = localtime(task.due_at).strftime(MOMENT) if task.due_at else ""
    return {**values_of(task), **labels, "due_at": moment, "seen": json.dumps(texts_of(task))}
