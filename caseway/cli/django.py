"""Running Django's management commands, the database made ready before."""

import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, ManagementUtility, get_commands

from caseway.cli.refusal import Refused
from config.attachment import attach_database
from config.environment import load


def run(name: str, rest: list[str], *, with_database: bool) -> int:
    """Run the command; returns its exit code. Raises `Refused` for one that doesn't exist."""
    django.setup()
    if name not in get_commands():
        raise Refused(f"there is no command {name}; caseway help lists them")
    helps = {"-h", "--help"} & set(rest)
    if with_database and not helps:
        attach_database(load(), _tell)
    try:
        ManagementUtility(["caseway", name, *rest]).execute()
    except (CommandError, ImproperlyConfigured) as problem:
        raise Refused(str(problem)) from None
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
