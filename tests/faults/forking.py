"""Workers that start in a blink: python -m tests.faults.forking loads the product once, and forks.

A line read starts a worker, whose process id is printed; when it has gone, a second line says so.
"""

import os
import sys

import django
from django.core.management import call_command, load_command_class


def main() -> None:
    """One worker after the other, until nothing more is read."""
    django.setup()
    load_command_class("caseway.mail", "worker")
    while sys.stdin.readline():
        worker = os.fork()
        if worker == 0:
            sys.stdin.close()
            call_command("worker")
            os._exit(0)
        tell(str(worker))
        os.waitpid(worker, 0)
        tell("gone")


def tell(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
