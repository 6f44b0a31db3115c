"""Giving an organisation the lists that its cases refer to."""

from caseway.accounts.models import Organisation
from caseway.cases.models import Category, ContactMethod, NoteSubject, Priority, Reason, TaskType
from caseway.core.transactions import action

from . import starting_lists as lists
from .translations import in_all_languages


@action
def give_starting_lists(organisation: Organisation) -> None:
    """Fill every list of the organisation that is still empty; a list that has rows stays as it is."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    _give_priorities(organisation)
    if not Reason.objects.filter(organisation=organisation).exists():
        Reason.objects.bulk_create(_reasons(organisation))
    if not ContactMethod.objects.filter(organisation=organisation).exists():
        ContactMethod.objects.bulk_create(
            ContactMethod(organisation=organisation, name=in_all_languages(name), position=position)
            for position, name in enumerate(lists.CONTACT_METHODS)
        )
    if not TaskType.objects.filter(organisation=organisation).exists():
        TaskType.objects.bulk_create(
            TaskType(organisation=organisation, name=in_all_languages(name), position=position)
            for position, name in enumerate(lists.TASK_TYPES)
        )
    if not NoteSubject.objects.filter(organisation=organisation).exists():
        NoteSubject.objects.bulk_create(
            NoteSubject(organisation=organisation, name=in_all_languages(name), position=position)
            for position, name in enumerate(lists.NOTE_SUBJECTS)
        )
    if not Category.objects.filter(organisation=organisation).exists():
        _give_categories(organisation)


def _give_priorities(organisation: Organisation) -> None:
    if Priority.objects.filter(organisation=organisation).exists():
        return
    Priority.objects.bulk_create(
        Priority(
            organisation=organisation,
            name=in_all_languages(name),
            rank=rank,
            position=rank,
            is_default=name == lists.DEFAULT_PRIORITY,
        )
        for rank, name in enumerate(lists.PRIORITIES, start=1)
    )


def _reasons(organisation: Organisation) -> list[Reason]:
    return [
        Reason(organisation=organisation, kind=kind, name=in_all_languages(name), position=position)
        for kind, names in lists.REASONS.items()
        for position, name in enumerate(names)
    ]


def _give_categories(organisation: Organisation) -> None:
    ranks = {name: rank for rank, name in enumerate(lists.PRIORITIES, start=1)}
    priorities = {p.rank: p for p in Priority.objects.filter(organisation=organisation)}
    topics = Category.objects.bulk_create(
        Category(organisation=organisation, name=in_all_languages(name), position=position)
        for position, name in enumerate(lists.TOPICS)
    )
    Category.objects.bulk_create(
        Category(
            organisation=organisation,
            parent=topic,
            name=in_all_languages(item.name),
            position=position,
            case_type=item.case_type,
            default_priority=priorities.get(ranks.get(item.priority, 0)),
            deadline_hours=item.deadline_hours,
        )
        for topic, items in zip(topics, lists.TOPICS.values(), strict=True)
        for position, item in enumerate(items)
    )
