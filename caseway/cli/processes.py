"""Running several processes as one: started together, restarted alone, stopped together."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from config.lifetime import die_with_parent

GLANCE = 0.1  # seconds between two looks at the processes
STEADY = 60.0  # a process that ran this long begins with a short pause again
LONGEST_PAUSE = 30.0


@dataclass
class Child:
    """One process that is kept running."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = 0.0
    restart_at: float = 0.0

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C reaches us alone, and we stop it in order."""
        # The parent has one thread, so that running a little Python after the fork is safe.
        self.process = subprocess.Popen(
            self.argv,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )
        self.started = time.monotonic()

    def look(self) -> str | None:
        """Restart it when it ended and its pause is over; returns a line to tell, if any."""
        if self.process is not None:
            code = self.process.poll()
            return None if code is None else self._ended(code)
        if time.monotonic() >= self.restart_at:
            self.start()
        return None

    def _ended(self, code: int) -> str:
        self.process = None
        steady = time.monotonic() - self.started > STEADY
        self.pause = 1.0 if steady or not self.pause else min(self.pause * 2, LONGEST_PAUSE)
        self.restart_at = time.monotonic() + self.pause
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        return f"The {self.name} {how}; it starts again in {self.pause:.0f} s."


@dataclass
class Children:
    """All processes of one installation."""

    all: list[Child] = field(default_factory=list)

    def start(self) -> None:
        """Start every one."""
        for child in self.all:
            child.start()

    def look(self) -> list[str]:
        """Look after every one; returns lines to tell."""
        return [line for child in self.all if (line := child.look())]

    def stop(self, seconds: float) -> None:
        """Ask all to end, and after `seconds` end them with everything they started."""
        running = [child.process for child in self.all if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + seconds
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        for child in self.all:
            child.process = None
