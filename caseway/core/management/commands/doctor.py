"""`caseway doctor`: say what is wrong and how to mend it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error
from django.utils.module_loading import import_string

from caseway.core.diagnosis import Check, Finding


class Command(BaseCommand):
    """Asks every check of `config/diagnosis.py`; the exit code is 0 only when all is well."""

    help = "Check database, queue, storage, mail and copies; say what is wrong and how to mend it."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each check, and two for each thing that is wrong."""
        wrong = 0
        for check in import_string(settings.DIAGNOSIS):
            found = _ask(check)
            sign = "!!" if found else "ok"
            self.stdout.write(f"{sign}  {(check.__doc__ or check.__name__).splitlines()[0]}")
            for finding in found:
                self.stdout.write(f"    {finding.wrong}\n    mend: {finding.mend}")
            wrong += len(found)
        if wrong:
            raise SystemExit(1)


def _ask(check: Check) -> list[Finding]:
    try:
        return list(check())
    except Error as problem:
        return [Finding(f"could not be asked: {str(problem).splitlines()[0]}", "first mend the database")]
