"""How long a process lives."""

import ctypes
import signal

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def die_with_parent() -> None:
    """Ask the kernel to end this process when the thread that started it ends, however that happens."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
