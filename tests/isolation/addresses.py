"""Every page address of the resolver, and what its arguments stand for.

A new address whose argument is not in `MEANS` fails `test_pages.py` until a line says what it names.
"""

import re
from dataclasses import dataclass

from django.apps import apps
from django.urls import get_resolver

from tests.test_access import addresses

from .world import World

# Where an address begins, its argument, and the kind of thing in the world that it names.
MEANS = {
    ("desk/cases/", "number"): "case",
    ("desk/shipments/", "pk"): "shipment id",
    ("desk/files/", "key"): "attachment",
    ("desk/files/", "upload"): "upload",
    ("desk/settings/brands/", "key"): "brand",
    ("desk/settings/canned-answers/", "key"): "canned",
    ("desk/settings/guidance/", "key"): "guide",
    ("desk/settings/lists/", "key"): "priority",
    ("desk/settings/mailboxes/", "key"): "mailbox",
    ("desk/settings/mail/<int:key>", "key"): "received mail",
    ("desk/settings/mail/blocked/", "key"): "blocked sender",
    ("desk/settings/mail/addresses/", "key"): "address",
    ("desk/settings/people/", "key"): "seat",
    ("desk/settings/partnerships/", "key"): "partnership",
    ("desk/settings/reminders/", "key"): "reminder",
    ("desk/settings/roles/", "key"): "role",
    ("desk/settings/second-factor/", "key"): "seat",
    ("desk/settings/teams/", "key"): "team",
    ("desk/bulk/", "key"): "bulk",
    ("desk/views/", "key"): "view",
    ("desk/customers/", "key"): "customer",
    ("desk/notifications/", "key"): "notice",
    ("portal/account/colleagues/", "key"): "colleague",
    ("portal/account/invitations/", "key"): "invitation",
    ("portal/cases/", "number"): "case",
    ("portal/cases/new/", "draft"): "draft",
    ("portal/shipments/", "number"): "shipment number",
    ("portal/files/", "key"): "attachment",
    ("portal/files/", "upload"): "upload",
    ("portal/guidance/", "key"): "guide",
    ("dev/outbox/", "key"): "mail",
    ("admin/", "object_id"): "row",
    ("admin/", "id"): "row",
    ("admin/", "content_type_id"): "content type",
}
# Arguments that name nothing of anybody's.
FIXED = {
    ("desk/bulk/", "name"): "follow",
    ("desk/files/", "offset"): "0",
    ("portal/files/", "offset"): "0",
    ("desk/cases/", "name"): "tags",
    # One list stands for all: they are the same pages, see caseway/cases/lists/kinds.py.
    ("desk/settings/lists/", "kind"): "priorities",
    # Mails of a case, which its number guards; those of other cases are asked for in their slices' tests.
    ("desk/cases/", "key"): "999999999",
    ("desk/cases/", "mail"): "999999999",
    ("desk/cases/", "event"): "999999999",
    # Tasks of a case; those of other sides and cases are asked for in `test_tasks.py`.
    ("desk/cases/", "task"): "999999999",
    # Contacts and invitations of an account, which its own key guards; as with mails of a case above.
    ("desk/customers/", "contact"): "999999999",
    ("desk/customers/", "invitation"): "999999999",
    # Cases of an account: pairs of the two are asked for in `test_account_cases.py`.
    ("desk/customers/", "number"): "CV99999999",
    ("desk/customers/", "section"): "note",
    # A secret that opens by itself, and passkeys, which only their owner finds.
    ("accounts/invitation/", "key"): "no-such-secret",
    ("accounts/partner-invitation/", "key"): "no-such-secret",
    # A seat that waits for its person; see caseway/customers/staff/tests/test_people.py.
    ("accounts/desk-invitation/", "key"): "999999999",
    ("accounts/2fa/passkeys/", "pk"): "999999999",
    # A signed link names its contact itself; a true one is in test_secret_links.py.
    ("satisfaction/", "token"): "WzEsMV0:forged",
    # A signed link of a mail to a partner; true ones are in test_secret_links.py.
    ("p/", "token"): "WzEsMV0:forged",
    ("p/", "key"): "00000000-0000-4000-8000-000000000000",
    ("desk/settings/mailboxes/", "name"): "google",
    # Providers of mail prove themselves by a secret; see caseway/mail/webhooks/tests.
    ("hooks/mail/", "name"): "postmark",
    # A signed link by which somebody is mailed no more: see caseway/notifications/stopping/tests.
    ("stop/", "token"): "WzEsMV0:forged",
    ("accounts/password/reset/key/", "uidb36"): "1",
    ("accounts/password/reset/key/", "key"): "set-password",
    ("ui/brand-", "colour"): "3f6f2a",
    ("ui/trying-", "colour"): "3f6f2a",
    # A logo is public, and found by its content alone; see caseway/accounts/brands/tests/test_logos.py.
    ("brands/", "digest"): "0" * 64,
    ("portal/answers/", "kind"): "written",
    ("admin/", "app_label"): "accounts",
    ("admin/", "url"): "nowhere",
}
MISSING = {
    "case": "CV99999999",
    "shipment id": "999999999",
    "shipment number": "NOSUCHNUMBER",
    "attachment": "00000000-0000-4000-8000-000000000000",
    "upload": "00000000-0000-4000-8000-000000000000",
    "brand": "999999999",
    "priority": "999999999",
    "role": "999999999",
    "team": "999999999",
    "bulk": "999999999",
    "view": "999999999",
    "guide": "999999999",
    "canned": "999999999",
    "draft": "00000000-0000-4000-8000-000000000000",
    "seat": "999999999",
    "customer": "999999999",
    "colleague": "999999999",
    "invitation": "999999999",
    "mail": "999999999",
    "mailbox": "999999999",
    "received mail": "999999999",
    "blocked sender": "999999999",
    "address": "999999999",
    "notice": "999999999",
    "partnership": "999999999",
    "reminder": "999999999",
    "row": "999999999",
    "content type": "1",
}
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:\[[^\]]*\]|[^)\[])*\)")


@dataclass(frozen=True)
class Address:
    """One route, such as `desk/cases/<str:number>/claim`, and the names of its arguments."""

    route: str
    arguments: tuple[str, ...]

    @property
    def unknown(self) -> list[str]:
        """Arguments of which no table says what they stand for."""
        known = {name for start, name in (*MEANS, *FIXED) if self.route.startswith(start)}
        return [name for name in self.arguments if name not in known]

    @property
    def kind(self) -> str:
        """The kind of thing that the address names, "" where it names none."""
        kinds = (kind for (start, name), kind in MEANS.items() if self._has(start, name))
        return next((kind for kind in kinds if kind != "content type"), "")

    @property
    def is_of_the_desk(self) -> bool:
        """Whether agents come here."""
        return self.route.startswith("desk/")

    @property
    def is_of_the_portal(self) -> bool:
        """Whether customers come here."""
        return self.route.startswith("portal/") or self.route == ""

    def path(self, key: str = "") -> str:
        """The address with `key` where it names a thing."""
        values = {name: key for (start, name) in MEANS if self._has(start, name)}
        values |= {name: value for (start, name), value in FIXED.items() if self._has(start, name)}
        values |= {"content_type_id": MISSING["content type"]}
        filled = _ARGUMENT.sub(lambda found: values[found[1] or found[2]], self.route)
        return "/" + filled.replace(r"\Z", "").rstrip("$")

    def keys_open_to(self, name: str, world: World) -> list[str]:
        """Keys that this person may use here."""
        seat = world.seat_of(name)
        if (self.is_of_the_desk and seat == "desk") or (self.is_of_the_portal and seat == "portal"):
            return _fitting(self.kind, world.open_to(name, self.kind.split()[0]))
        return []

    def keys_hidden_from(self, name: str, world: World) -> list[str]:
        """Keys of things that are there and that this person must not find here."""
        if self.kind == "row":
            return _row_of(self.route)
        if self.kind == "mail":
            return world.mails()[:3]
        allowed = self.keys_open_to(name, world)
        things = [thing for thing in world.of_kind(self.kind.split()[0]) if thing.key not in allowed]
        if self.kind == "attachment":  # there are many: one for each set of readers
            things = list({thing.readers: thing for thing in things}.values())
        return _fitting(self.kind, [thing.key for thing in things])

    def _has(self, start: str, name: str) -> bool:
        return self.route.startswith(start) and name in self.arguments


def _fitting(kind: str, keys: list[str]) -> list[str]:
    """Shipments stand in the world by id and by number; each address takes one of them."""
    if kind == "shipment id":
        return [key for key in keys if key.isdecimal()]
    return [key for key in keys if not key.isdecimal()] if kind == "shipment number" else keys


def _row_of(route: str) -> list[str]:
    """The id of a row that the admin shows at this address."""
    label, _slash, rest = route.removeprefix("admin/").partition("/")
    if label not in apps.app_configs:
        return ["1"]
    row = apps.get_model(label, rest.partition("/")[0])._default_manager.first()
    return [str(row.pk)] if row else ["1"]


def _every() -> list[Address]:
    routes = sorted({path for path, _entry in addresses(get_resolver())})
    found = [
        Address(route, tuple(found[1] or found[2] for found in _ARGUMENT.finditer(route))) for route in routes
    ]
    # The API's operations have a test of their own, with tokens: test_api.py.
    return [address for address in found if not address.route.startswith("api/v1/")]


EVERY = _every()
OF_THINGS = [address for address in EVERY if address.kind]
OTHERS = [address for address in EVERY if not address.kind]
