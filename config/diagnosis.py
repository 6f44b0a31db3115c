"""What `caseway doctor` asks, from top to bottom. Each check yields findings, or nothing when all is well."""

from collections.abc import Sequence

from caseway.core.diagnosis import Check

CHECKS: Sequence[Check] = ()
