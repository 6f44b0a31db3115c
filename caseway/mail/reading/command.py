"""`mail read`: one message, or many, from standard input to JSON; stores nothing."""

import argparse
import base64
import binascii
import json
from collections.abc import Sequence
from typing import BinaryIO, TextIO

from caseway.mail.reading.presentation import as_json, rejected
from caseway.mail.reading.reader import read


def main(argv: Sequence[str], stdin: BinaryIO, stdout: TextIO) -> int:
    """Read what `stdin` holds and print one JSON object, with `--lines` one for each line.

    With `--lines` each line is a message in base64; a line that can't be read gives an object
    with `"outcome": "rejected"` and a reason, and the next line is read. Returns 0.
    """
    parser = argparse.ArgumentParser(prog="caseway mail read", description=__doc__)
    parser.add_argument("--lines", action="store_true", help="one message in base64 per line")
    options = parser.parse_args(argv)
    if not options.lines:
        _print(_outcome(stdin.read()), stdout)
        return 0
    for line in stdin:
        _print(_outcome_of_line(line), stdout)
    return 0


def _outcome_of_line(line: bytes) -> dict[str, object]:
    try:
        raw = base64.b64decode(b"".join(line.split()), validate=True)
    except (binascii.Error, ValueError):
        return rejected("The line is not base64.")
    return _outcome(raw)


def _outcome(raw: bytes) -> dict[str, object]:
    if not raw.strip(b"\0\r\n\t "):
        return rejected("The message is empty.")
    try:
        return as_json(read(raw))
    except (ArithmeticError, LookupError, MemoryError, RecursionError, TypeError, ValueError) as error:
        # A defect of the reader must not cost the messages after this one.
        return rejected(f"The message could not be read: {type(error).__name__}.")


def _print(outcome: dict[str, object], stdout: TextIO) -> None:
    # Pure ASCII: the same bytes whatever the locale, and no line end but ours.
    stdout.write(json.dumps(outcome))
    stdout.write("\n")
    stdout.flush()
