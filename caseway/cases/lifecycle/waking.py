"""Waking suspended cases whose date has come."""

import structlog

from .actions import wake
from .queries import cases_to_wake

log = structlog.get_logger("caseway.cases.waking")

AT_ONCE = 500


def wake_due_cases() -> int:
    """Resume every case whose wake-up date has come; returns how many woke.

    Each in its own transaction: one that fails is logged, and keeps no other from waking.
    """
    woken = 0
    for case in cases_to_wake()[:AT_ONCE]:
        try:
            woken += wake(case)
        except Exception:
            log.exception("a case could not be woken", case=case.number)
    return woken
