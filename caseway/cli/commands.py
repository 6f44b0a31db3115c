"""Which words mean which command, and how each is run."""

import importlib
import os
import sys
from collections.abc import Callable, Sequence

from caseway.cli.refusal import Refused

# Words, and what the command does. A command of two words is the management command joined by `_`.
COMMANDS = {
    "serve": "run all of Caseway: database, web, worker, mail listener",
    "worker": "do the jobs of the queue",
    "migrate": "bring the database to this version",
    "demo": "load the demo world into an empty database",
    "synthesize": "load many believable cases, to measure with",
    "mail ingest": "take one message from standard input and store it",
    "mail read": "parse messages from standard input, store nothing",
    "mail listen": "take messages over SMTP and LMTP",
    "mail fetch": "fetch messages from IMAP mailboxes",
    "token": "make an API token and print it once",
    "shipments import": "read an order feed",
    "doctor": "say what is wrong and how to mend it",
}
# Django's own commands that ask no database.
WITHOUT_DATABASE = {"assets", "check", "collectstatic", "makemigrations", "messages"}


def usage() -> str:
    """The list of commands."""
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {words:<{width}}{does}" for words, does in COMMANDS.items()]
    return "\n".join(
        ["usage: caseway COMMAND [OPTIONS]", "", *lines, "", "caseway COMMAND --help says more."]
    )


def run(words: Sequence[str]) -> int:
    """Run the command that `words` begin with; returns its exit code."""
    if words[0] == "serve":
        return _main_of("caseway.cli.serve")(list(words[1:]))
    if words[0] == "prepare":  # by `serve`, which has the database ready
        return _main_of("caseway.cli.prepare")(list(words[1:]))
    if list(words[:2]) == ["mail", "read"]:
        # Needs neither database nor Django, so that thousands can be read in one process at once.
        reader = _main_of("caseway.mail.reading.command")
        return reader(list(words[2:]), sys.stdin.buffer, sys.stdout)
    name, rest = _management_command(words)
    return _run_django(name, rest)


def _main_of(module: str) -> Callable[..., int]:
    main: Callable[..., int] = importlib.import_module(module).main
    return main


def _management_command(words: Sequence[str]) -> tuple[str, list[str]]:
    firsts = {command.split()[0] for command in COMMANDS if " " in command}
    if words[0] not in firsts:
        return words[0], list(words[1:])
    if " ".join(words[:2]) not in COMMANDS:
        known = ", ".join(command for command in COMMANDS if command.startswith(words[0] + " "))
        raise Refused(f"{words[0]} is followed by another word: {known}")
    return "_".join(words[:2]), list(words[2:])


def _run_django(name: str, rest: list[str]) -> int:
    # Django is loaded here and not above, since `mail read` and `serve` do without.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django = importlib.import_module("caseway.cli.django")
    return int(django.run(name, rest, with_database=name not in WITHOUT_DATABASE))
