"""Variables: a closed list, refused beyond it, and told only to those who may know."""

import pytest

from caseway.cases.canned.actions import Wording, write
from caseway.cases.canned.queries import fill, offered_for
from caseway.cases.canned.variables import VARIABLES, objection_to, readers_of
from caseway.cases.models import CannedAnswer, Side
from caseway.cases.tests.story import raised_by_kim, shared_with_brightwater, side_of
from caseway.cases.types import Audience
from caseway.core.errors import Invalid, NotFound
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment

HOSTILE = (
    "{{agent.password}}",
    "{{settings.SECRET_KEY}}",
    "{{ agent.__class__ }}",
    "{{7*7}}",
    "{{}}",
    "{{customer.name",
    "customer.name}}",
    "{{{{customer.name}}}}",
    "{{customer.name|safe}}",
    "{{\ncustomer.nam\n}}",
)


def canned(cast: Cast, body: str, title: str = "Hello") -> CannedAnswer:
    return write(Wording(title=title, body=body), by=cast.at_desk(cast.ana))


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_no_variable_is_refused_when_saving(cast: Cast, text: str) -> None:
    assert objection_to(text)
    with pytest.raises(Invalid) as refused:
        canned(cast, text)
    assert "body" in refused.value.errors
    assert not CannedAnswer.objects.exists()


@pytest.mark.parametrize("text", ["{% if x %}", "${agent.name}", "#{x}", "{customer.name}", "a { b } c"])
def test_signs_of_other_templates_are_letters(cast: Cast, text: str) -> None:
    side = side_of(raised_by_kim(cast), cast.larkfield)
    given = fill(canned(cast, text), side, Audience.CUSTOMER, cast.at_desk(cast.ana))
    assert (given.text, given.blanks) == (text, 0)


def test_values_are_filled_in_and_what_is_not_there_is_a_blank_to_be_seen(cast: Cast) -> None:
    case = raised_by_kim(cast)
    answer = canned(
        cast, "Hello {{customer.first_name}}, {{ case.number }}: {{shipment.tracking}}. {{agent.name}}"
    )
    side = side_of(case, cast.larkfield)
    given = fill(answer, side, Audience.CUSTOMER, cast.at_desk(cast.ana))
    assert given.text == f"Hello Kim, {case.number}: [Tracking number]. Ana Ferreira"
    assert given.blanks == 1
    case.shipment = Shipment.objects.create(
        organisation=cast.larkfield, number="S1", tracking_number="1Z{{case.crm_number}}"
    )
    case.save()
    given = fill(answer, side_of(case, cast.larkfield), Audience.CUSTOMER, cast.at_desk(cast.ana))
    assert "1Z{{case.crm_number}}" in given.text  # a value is never read as a template again


def test_the_customers_language_is_spoken(cast: Cast) -> None:
    cast.kim.language = "de"
    cast.kim.save()
    case = raised_by_kim(cast)
    side = side_of(case, cast.larkfield)
    answer = canned(cast, "{{case.type}}")
    told = fill(answer, side, Audience.CUSTOMER, cast.at_desk(cast.ana)).text
    assert told != fill(answer, side, Audience.TEAM, cast.at_desk(cast.ana)).text


def test_nothing_of_ours_or_the_customers_goes_to_the_partner(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    ana = cast.at_desk(cast.ana)
    side = Side.objects.select_related("case").get(case=case, organisation=cast.larkfield)
    for name, variable in VARIABLES.items():
        answer = canned(cast, f"x {{{{{name}}}}}", title=name)
        offered = {one.title for one in offered_for(Audience.PARTNER, ana)}
        assert (name in offered) is (Audience.PARTNER in variable.readers)
        if name not in offered:
            with pytest.raises(NotFound):
                fill(answer, side, Audience.PARTNER, ana)
    private = {name for name, one in VARIABLES.items() if Audience.PARTNER not in one.readers}
    assert {
        "customer.name",
        "customer.account",
        "case.subject",
        "case.crm_number",
        "case.deadline",
    } <= private
    assert Audience.CUSTOMER not in readers_of("{{case.deadline}} {{customer.name}}")
    assert (
        fill(canned(cast, "To {{partner.name}}"), side, Audience.PARTNER, ana).text
        == "To Brightwater Freight"
    )
