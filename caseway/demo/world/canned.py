"""The canned answers of the demo world."""

from caseway.cases.canned.actions import Wording, write
from caseway.demo.cast import Cast

SHARED = (
    (
        "Acknowledge damage",
        (
            "Hello {{customer.first_name}},\n\nI am sorry that your delivery arrived damaged. Please send "
            "us a photo of the crate and of each damaged part; with them we can order the replacement at "
            "once.\n\n"
            "{{agent.name}}, {{brand.name}}"
        ),
    ),
    (
        "Where is my order",
        (
            "Hello {{customer.first_name}},\n\nyour shipment {{shipment.tracking}} is with "
            "{{shipment.carrier}}: {{shipment.status}}. We expect it on "
            "{{shipment.eta}}.\n\n{{agent.name}}, {{brand.name}}"
        ),
    ),
    (
        "Ask the carrier for a new date",
        (
            "Hello {{partner.name}},\n\nplease give us a new delivery date for {{shipment.tracking}} (PO "
            "{{shipment.po}}, case {{case.number}}).\n\nThank you, {{agent.name}}, {{organisation.name}}"
        ),
    ),
    ("Hand-over", "Deadline {{case.deadline}}, CRM {{case.crm_number}}. Next step: "),
)


def make_canned_answers(cast: Cast) -> None:
    """Larkfield's shared answers, one of a team, and one of Ana's own."""
    admin = cast.at_desk(cast.admin)
    for title, body in SHARED:
        write(Wording(title=title, body=body, scope="organisation"), by=admin)
    team = cast.larkfield.teams.order_by("pk").first()
    if team is not None:
        body = "Hello {{customer.first_name}},\n\nyour claim is with our team {{organisation.name}}."
        write(Wording(title="Claim received", body=body, scope="team", team=team.pk), by=admin)
    write(
        Wording(title="My closing line", body="Kind regards, {{agent.first_name}}"), by=cast.at_desk(cast.ana)
    )
