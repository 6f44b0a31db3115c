"""Processes that start in a blink: `python -m tests.faults.forking COMMAND` loads all of it once, and forks.

A line read starts one, whose process id is printed; when it has gone, a second line says so. A number in the
line has it kill itself at that step of the threads that do its work.
"""

import os
import signal
import sys
import threading
from types import FrameType

import django
from django.core.management import call_command, load_command_class


class Death:
    """SIGKILL at the so-manieth call or return in a thread, of Caseway's own or of talking to servers."""

    AMONG = frozenset({"caseway", "imapclient", "imaplib", "psycopg", "smtplib"})

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def __call__(self, frame: FrameType, event: str, what: object) -> None:
        """One step."""
        if event not in {"call", "return"}:
            return
        if str(frame.f_globals.get("__name__")).partition(".")[0] not in self.AMONG:
            return
        self.steps -= 1
        if self.steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main(command: str) -> None:
    """One process after the other, until nothing more is read."""
    django.setup()
    load_command_class("caseway.mail", command)
    while line := sys.stdin.readline():
        process = os.fork()
        if process == 0:
            sys.stdin.close()
            if line.strip():
                threading.setprofile(Death(int(line)))
            call_command(command)
            os._exit(0)
        tell(str(process))
        os.waitpid(process, 0)
        tell("gone")


def tell(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
