"""How long a process lives, and what lives as long."""

import ctypes
import gc
import signal

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def die_with_parent() -> None:
    """Ask the kernel to end this process when the thread that started it ends, however that happens."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def keep_what_is_loaded() -> None:
    """Let the collector of garbage leave all that is loaded by now, and look at the rest less often.

    Code and tables live as long as the process; walking through them is what made the slowest
    page in twenty 5 ms slower.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
