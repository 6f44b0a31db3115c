"""The composer: who can be written to from this desk, by name, and what was begun."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation
from caseway.cases.conversation.audiences import open_audiences
from caseway.cases.conversation.copying import Copy, as_chosen, copies_of
from caseway.cases.files.forms import as_rows
from caseway.cases.files.queries import unsent_files
from caseway.cases.models import Draft, Participant, Side
from caseway.cases.once import form_token
from caseway.cases.partnering.queries import partnership_of
from caseway.cases.status import Status
from caseway.cases.types import Audience, Sharing
from caseway.core.text import normal_address
from caseway.customers.models import Contact
from caseway.desk.keys.declared import key_of
from caseway.mail.reachability.queries import unreached

from .inserts import inserts_for
from .leaving import first_and_others, waiting_to_go

SHORTCUTS = {
    Audience.CUSTOMER: key_of("reply"),
    Audience.PARTNER: key_of("partner"),
    Audience.TEAM: key_of("note"),
    Audience.RECORD: key_of("record"),
}


@dataclass(frozen=True)
class Scene:
    """What the composer must know of the case."""

    side: Side
    other: Side | None
    offered: frozenset[Operation]
    drafts: dict[str, Draft]
    viewer: Viewer
    query: str
    chosen: str = ""
    waiting: Sequence[Draft] = ()
    participants: Sequence[Participant] = ()

    @property
    def partner(self) -> Side | None:
        """The other side, if it shares the case."""
        return self.other if self.other and self.other.sharing == Sharing.SHARED else None


def composer_for(scene: Scene) -> dict[str, object] | None:
    """The parts of `ui/composer.html`; None where nothing can be written."""
    audiences = [_audience(audience, scene) for audience in open_to(scene)]
    if not audiences:
        return None
    _tell_unreached(audiences, scene)
    known = [str(a["key"]) for a in audiences]
    policy, number = scene.viewer.policy, scene.side.number
    query = f"?{scene.query}" if scene.query else ""
    chosen = scene.chosen if scene.chosen in known else _likely(known, scene)
    begun = scene.drafts[chosen].content if chosen in scene.drafts else {}
    return {
        "action": reverse("desk:messages", args=[number]) + query,
        "chosen": chosen,
        "audiences": audiences,
        "draft_url": reverse("desk:draft", args=[number]),
        "upload_url": reverse("desk:files"),
        "more": {"label": _("All canned answers"), "url": reverse("desk:canned_answers")},
        "limits": {
            "files": policy.desk_files,
            "bytes": policy.desk_total_bytes,
            "extensions": list(policy.desk_types),
        },
        "error": begun.get("refused", ""),
        "anyway": begun.get("unseen"),
        "waiting": waiting_to_go(scene.waiting, {str(a["key"]): a for a in audiences}, number),
        "writer": scene.viewer.person_id,
        "token": str(form_token()),
    }


def _tell_unreached(audiences: Sequence[dict[str, Any]], scene: Scene) -> None:
    """Beside each line "To": to which of its addresses no mail is sent, since mails came back.

    It is known of who takes part; one query where others are written to.
    """
    mailed = {str(a["key"]): _mailed(a) for a in audiences}
    known = {one.address: bool(vars(one).get("is_unreached")) for one in scene.participants}
    found = unreached(scene.viewer, [one for one in chain(*mailed.values()) if one not in known])
    found |= {address for address, is_unreached in known.items() if is_unreached}
    for audience in audiences:
        audience["unreached"] = [one for one in mailed[str(audience["key"])] if one in found]


def _mailed(audience: dict[str, Any]) -> list[str]:
    """The addresses that a message would be mailed to: its reader's, and the copies."""
    copies = [copy.address for copy in audience.get("copies") or ()]
    typed = re.split(r"[,;\s]+", str(audience.get("typed_copies") or ""))
    every = (*audience.get("mailed", ()), *copies, *typed)
    return list(dict.fromkeys(normal_address(one) for one in every if "@" in one))


def open_to(scene: Scene) -> list[Audience]:
    """Whom the viewer can write to from here."""
    return open_audiences(scene.side, scene.viewer, scene.offered, has_partner=scene.partner is not None)


def _likely(known: Sequence[str], scene: Scene) -> str:
    """Where somebody wrote last, else the first."""
    begun = [draft for key, draft in scene.drafts.items() if key in known]
    return str(max(begun, key=lambda draft: draft.saved_at).audience) if begun else known[0]


def _audience(audience: Audience, scene: Scene) -> dict[str, Any]:
    draft = scene.drafts.get(audience)
    content = draft.content if draft else {}
    files = unsent_files(scene.viewer, content.get("attachments", [])) if content.get("attachments") else []
    words = _WORDS[audience](scene)
    return (
        words
        | _copies(words, content.get("copied"))
        | first_and_others(words, scene.viewer.sends_with.get(audience.value, ""))
        | {
            "key": audience.value,
            "shortcut": SHORTCUTS[audience],
            "text": content.get("text", ""),
            "files": as_rows(files, "desk"),
            "saved_at": draft.saved_at if draft else None,
            "inserts": inserts_for(scene.side.number, audience, scene.query),
        }
    )


def _copies(words: dict[str, Any], copied: dict[str, Any] | None) -> dict[str, object]:
    """Who is mailed beside the reader, as the draft has it."""
    if words.get("copies") is None:
        return {}
    typed = copied["typed"] if copied else ""
    return {"copies": as_chosen(words["copies"], copied), "typed_copies": typed}


def _to_customer(scene: Scene) -> dict[str, object]:
    contact = scene.side.case.contact
    pending = scene.viewer.policy.reply_sets_pending and scene.side.is_active
    return {
        "label": _("Customer"),
        "to": [_with_address(contact)] if contact else [],
        "mailed": [contact.email] if contact else [],
        "copies": copies_of(
            scene.participants,
            Audience.CUSTOMER,
            scene.side.organisation_id,
            but=[contact.email] if contact else [],
        ),
        "copies_label": _("Cc"),
        "how": _("by portal and mail") if contact and contact.person_id else _("by mail"),
        "send": _("Send and set Pending from customer") if pending else _("Send"),
        "ways": _ways(scene, Audience.CUSTOMER, pending=pending),
    }


def _to_partner(scene: Scene) -> dict[str, object]:
    partner = scene.partner
    name = partner.organisation.name if partner else ""
    by_mail = partner is not None and not partner.organisation.signs_in and partner.owner_id is None
    readers = [name] if by_mail else _readers_at_partner(scene)
    return {
        "label": name,
        "to": readers,
        "copies": _mailed_at_partner(scene) if by_mail else None,
        "copies_label": _("mailed to"),
        "how": "" if by_mail else _nobody_else(name, is_named=readers == [name]),
        "send": _("Send to %(organisation)s") % {"organisation": name},
        "ways": _ways(scene, Audience.PARTNER, pending=False),
    }


def _nobody_else(organisation: str, *, is_named: bool) -> str:
    """What follows the readers at a partner who signs in: where they are, unless that is who is named."""
    if is_named:
        return _("Nobody else is copied.")
    return _("at %(organisation)s. Nobody else is copied.") % {"organisation": organisation}


def _readers_at_partner(scene: Scene) -> list[str]:
    """The partner's owner by name; of one by e-mail alone the addresses that the partnership has for them.

    Those of a partner who signs in are its own affair.
    """
    partner = scene.partner
    if partner is None:
        return []
    if partner.owner:
        return [partner.owner.name]
    if partner.organisation.signs_in:
        return [partner.organisation.name]
    ours = scene.viewer.organisation_id or 0
    partnership = partnership_of(ours, partner.organisation_id)
    addresses = partnership.addresses_of(partner.organisation_id) if partnership else []
    return addresses or [partner.organisation.name]


def _mailed_at_partner(scene: Scene) -> list[Copy]:
    """The addresses of a partner who takes part by e-mail alone: those agreed on, and who else answered."""
    partner = scene.partner
    if partner is None:
        return []
    agreed = [normal_address(address) for address in _readers_at_partner(scene) if "@" in address]
    taking_part = Participant.objects.filter(case=scene.side.case, organisation=partner.organisation_id)
    others = copies_of(
        taking_part.order_by("since", "pk"), Audience.PARTNER, partner.organisation_id, but=agreed
    )
    return [*(Copy(address, "") for address in agreed), *others]


def _with_address(contact: Contact) -> str:
    """A person by name and address: two of one name are told apart."""
    return f"{contact.name} <{contact.email}>" if contact.name else contact.email


def _to_team(scene: Scene) -> dict[str, object]:
    organisation = str(scene.viewer.organisation)
    return {
        "label": _("Team note"),
        "to": [],
        "how": _("Everyone at %(organisation)s who sees this case. It is never sent.")
        % {"organisation": organisation},
        "send": _("Add team note"),
        "ways": [],
    }


def _to_record(scene: Scene) -> dict[str, object]:
    organisation = str(scene.viewer.organisation)
    return {
        "label": _("Internal record"),
        "to": [],
        "how": _("Only the case owner and the administrators of %(organisation)s. It is never sent.")
        % {"organisation": organisation},
        "send": _("Add to internal record"),
        "ways": [],
    }


_WORDS = {
    Audience.CUSTOMER: _to_customer,
    Audience.PARTNER: _to_partner,
    Audience.TEAM: _to_team,
    Audience.RECORD: _to_record,
}


def _ways(scene: Scene, audience: Audience, *, pending: bool) -> list[dict[str, str]]:
    """Other ways to send, as far as the case allows them."""
    found = []
    if pending:
        found.append({"value": "stay", "label": _("Send only"), "icon": "send"})
    elif audience is Audience.CUSTOMER and scene.side.is_active:
        label = _("Send and set Pending from customer")
        found.append({"value": Status.PENDING_CUSTOMER.value, "label": label, "icon": "clock"})
    if Operation.SUSPEND in scene.offered:
        label = _("Send and put on hold")
        found.append({"value": Status.ON_HOLD.value, "label": label, "icon": "pause"})
    if Operation.CLOSE in scene.offered:
        found.append({"value": Status.CLOSED.value, "label": _("Send and close"), "icon": "done"})
    return found
