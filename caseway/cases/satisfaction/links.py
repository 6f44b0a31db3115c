"""The signed link of the closing mail: it names one closing and one contact, and nobody can make another.

It holds no secret of its own: the signature is an HMAC (SHA-256) under the installation's key. When
it ends is told by the closing and the policy, and that it counts once by the answer's row.
"""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from caseway.cases.models import Case, Closure
from caseway.customers.models import Contact

LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """Who was asked about which closing."""

    closure: Closure
    contact: Contact

    @property
    def case(self) -> Case:
        """The case that was closed."""
        return self.closure.case


def link_token(closure_id: int, contact_id: int) -> str:
    """The last part of the link's address."""
    return _signer().sign_object([closure_id, contact_id])


def asked_by(token: str) -> Asked | None:
    """Whom the link asks about what; None for a forged or damaged one, or where the case has another
    contact by now. One query."""
    closure_id, contact_id = _named(token)
    rows = Closure.objects.select_related(
        "case__host", "case__brand", "case__contact__person", "case__contact__organisation"
    )
    closure = rows.filter(pk=closure_id, case__contact=contact_id).first() if closure_id else None
    contact = closure.case.contact if closure else None
    return Asked(closure, contact) if closure and contact else None


def _named(token: str) -> tuple[int, int]:
    if len(token) > LONGEST:
        return 0, 0
    try:
        closure_id, contact_id = _signer().unsign_object(token)
    except (BadSignature, ValueError):
        return 0, 0
    return closure_id, contact_id


def _signer() -> Signer:
    return Signer(salt="caseway.cases.satisfaction")
