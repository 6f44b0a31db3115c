"""The demo world's organisations, their brands and partnerships."""

from caseway.accounts.models import Brand, Organisation, Partnership
from caseway.cases.reference.actions import give_starting_lists

SHIPPER, CARRIER = Organisation.Kind.SHIPPER, Organisation.Kind.CARRIER


def make_organisations() -> dict[str, Organisation]:
    """The four organisations by slug, each with its starting lists."""
    Organisation.objects.bulk_create(
        [
            Organisation(
                slug="larkfield", name="Larkfield Home", kind=SHIPPER, time_zone="America/Los_Angeles"
            ),
            Organisation(
                slug="brightwater", name="Brightwater Freight", kind=CARRIER, time_zone="America/Chicago"
            ),
            Organisation(
                slug="tamarack",
                name="Tamarack Parcel",
                kind=CARRIER,
                signs_in=False,
                time_zone="America/Denver",
            ),
            Organisation(
                slug="quillon", name="Quillon Outdoor", kind=SHIPPER, time_zone="America/Los_Angeles"
            ),
        ],
        ignore_conflicts=True,
    )
    slugs = ("larkfield", "brightwater", "tamarack", "quillon")
    organisations = Organisation.objects.in_bulk(slugs, field_name="slug")
    for organisation in organisations.values():
        if organisation.signs_in:
            give_starting_lists(organisation)
    return organisations


def make_brands(larkfield: Organisation) -> dict[str, Brand]:
    """Larkfield's two faces, by slug. Both answer from the one mailbox of Larkfield."""
    sender = "support@larkfield.example"
    Brand.objects.bulk_create(
        [
            Brand(
                organisation=larkfield,
                slug="larkfield",
                name="Larkfield",
                host="larkfield.localhost",
                sender_address=sender,
            ),
            Brand(
                organisation=larkfield,
                slug="garden",
                name="Larkfield Garden",
                colour="#3f6f2a",
                host="garden.localhost",
                sender_address=sender,
            ),
        ],
        ignore_conflicts=True,
    )
    return {brand.slug: brand for brand in larkfield.brands.all()}


def make_partnerships(organisations: dict[str, Organisation]) -> dict[tuple[str, str], Partnership]:
    """Who may share cases with whom, by the slugs of shipper and carrier."""
    addresses = {
        "larkfield": ["support@larkfield.example"],
        "brightwater": ["cases@brightwater.example"],
        "tamarack": ["claims@tamarack.example"],
        "quillon": ["care@quillon.example"],
    }
    pairs = (("larkfield", "brightwater"), ("larkfield", "tamarack"), ("quillon", "brightwater"))
    Partnership.objects.bulk_create(
        [
            Partnership(
                shipper=organisations[shipper],
                carrier=organisations[carrier],
                shipper_addresses=addresses[shipper],
                carrier_addresses=addresses[carrier],
            )
            for shipper, carrier in pairs
        ],
        ignore_conflicts=True,
    )
    stored = Partnership.objects.filter(
        shipper__in=organisations.values(), carrier__in=organisations.values()
    ).select_related("shipper", "carrier")
    return {(p.shipper.slug, p.carrier.slug): p for p in stored}
