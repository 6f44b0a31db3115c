"""ETags: the version of what this reader sees, so that nobody overwrites what they haven't seen.

A version of the whole case would tell one side of the other's private edits; hence each reader
gets that of their own projection: the side's for agents, the customer's for contacts.
"""

import re

from django.utils.translation import gettext as _

from caseway.cases.access.locking import lock_case
from caseway.cases.models import Case
from caseway.core.errors import Invalid

from .problems import PreconditionRequired
from .requests import ApiRequest

_TAG = re.compile(r'(?:W/)?"(\d{1,10})"')


def etag_of(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


def is_known(request: ApiRequest, version: int) -> bool:
    """Whether the caller has this version already (`If-None-Match`), so that 304 is enough."""
    given = request.headers.get("If-None-Match", "")
    return given.strip() == "*" or version in _versions_in(given)


def expected_versions(request: ApiRequest) -> frozenset[int] | None:
    """The versions in `If-Match`; None for `*`, which takes any.

    Raises PreconditionRequired where it is missing, Invalid where it is no ETag.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise PreconditionRequired(_("Send If-Match with the ETag of the version that you change."))
    if given == "*":
        return None
    versions = _versions_in(given)
    if not versions:
        raise Invalid({"If-Match": _("Send the ETag as you got it, with its quotes.")})
    return versions


def _versions_in(header: str) -> frozenset[int]:
    return frozenset(int(found) for found in _TAG.findall(header))


def locked_version(case: Case, request: ApiRequest) -> int:
    """The version of the caller's projection, which stays until the transaction ends."""
    locked = lock_case(case.pk)
    side = locked.side_of(request.viewer)
    return side.version if side else locked.case.customer_version
