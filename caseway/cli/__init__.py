"""The command line `caseway`."""

import os
import sys
from collections.abc import Sequence

from caseway.cli.commands import run, usage
from caseway.cli.refusal import Refused
from caseway.core.database.refusal import DatabaseRefused
from config.environment import WrongSetting


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. What stops it is told in one line, not by a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"help", "--help", "-h"}:
        print(usage())
        return 0
    try:
        return run(words)
    except (Refused, WrongSetting, DatabaseRefused) as problem:
        print(f"caseway: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; a second complaint at exit would help nobody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
