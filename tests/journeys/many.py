"""Makes many open cases with one tag in an installation: python -m tests.journeys.many COUNT WORD."""

import os
import sys

import django

from config.attachment import attach_database
from config.environment import load


def main() -> None:
    """Make them, as Lea of Larkfield would one by one."""
    count, word = int(sys.argv[1]), sys.argv[2]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    attach_database(load(), lambda _line: None)
    django.setup()
    from caseway.accounts.models import Person
    from caseway.cases.creation.actions import create
    from caseway.cases.creation.fields import NewCase
    from caseway.customers.viewers import desk_viewer_of

    lea = desk_viewer_of(Person.objects.get(email="lea@larkfield.example"))
    for n in range(count):
        create(NewCase(subject=f"{word} {n}", description="One of many.", tags=(word,)), by=lea)


if __name__ == "__main__":
    main()
