"""Searching at the desk: what was found is marked, in the list and on the case that it leads to."""

import re

from caseway.cases.conversation.folding import UNFOLDED
from caseway.cases.tests.story import raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.demo.cast import Cast

from .conftest import Desk

ALL = "/desk/cases/?view=all"


def rows_of(page: str) -> list[str]:
    return re.findall(r'<tr role="row"[^>]*><td.*?</tr>', page, re.DOTALL)


def test_a_match_is_marked_and_its_case_opens_at_the_message(cast: Cast, desk: Desk) -> None:
    case = raised_by_kim(cast, subject="Crate & <b>sideboard</b>")
    message = says(case, cast.at_desk(cast.admin), Audience.TEAM, "Ask for the <i>zeppelin</i> photographs")
    ana = desk(cast.ana)

    [row] = rows_of(ana.get(f"{ALL}&q=zeppelin+sideboard").content.decode())
    assert "Crate &amp; &lt;b&gt;<mark>sideboard</mark>&lt;/b&gt;" in row
    assert "&lt;i&gt;<mark>zeppelin</mark>&lt;/i&gt; photographs" in row
    [address] = re.findall(r'href="(/desk/cases/CV[^"]+)"', row)
    assert address.endswith(f"&amp;hit={message.pk}#message-{message.pk}")

    page = ana.get(address.replace("&amp;", "&").partition("#")[0]).content.decode()
    assert f'id="message-{message.pk}"' in page
    assert "&lt;i&gt;<mark>zeppelin</mark>&lt;/i&gt;" in page


def test_a_match_that_is_folded_is_unfolded(cast: Cast, desk: Desk) -> None:
    case, admin = raised_by_kim(cast), cast.at_desk(cast.admin)
    message = says(case, admin, Audience.TEAM, "zeppelin")
    for _ in range(UNFOLDED):
        says(case, admin, Audience.TEAM, "crate")
    ana = desk(cast.ana)
    assert f'id="message-{message.pk}"' not in ana.get(f"/desk/cases/{case.number}").content.decode()
    page = ana.get(f"/desk/cases/{case.number}?view=all&q=zeppelin&hit={message.pk}").content.decode()
    assert f'id="message-{message.pk}"' in page
    for odd in ("0", "-1", "x", "9" * 30, str(message.pk + 10_000)):
        assert ana.get(f"/desk/cases/{case.number}?hit={odd}").status_code == 200


def test_a_snippet_never_comes_from_what_its_reader_may_not_read(cast: Cast, desk: Desk) -> None:
    """Whatever finds the case: the customer's words, a note, a record, the other side's description."""
    case, admin = shared_with_brightwater(cast), cast.at_desk(cast.admin)
    says(case, admin, Audience.TEAM, "crate: goodwill of fifty")
    says(case, admin, Audience.RECORD, "crate: margin secret")
    says(case, cast.at_desk(cast.omar), Audience.PARTNER, "crate checked")
    omar, ben, boss = (
        desk(who).get(f"{ALL}&q=crate").content.decode() for who in (cast.omar, cast.ben, cast.admin)
    )
    for secret in ("goodwill", "margin", "cracked", "Sideboard"):
        assert secret not in omar
    assert "margin" not in ben
    assert "<mark>crate</mark>" in ben.lower()
    assert "<mark>crate</mark>" in boss.lower()
    assert rows_of(desk(cast.pia).get(f"{ALL}&q=crate").content.decode()) == []


def test_the_best_come_first_and_a_chosen_order_is_kept(cast: Cast, desk: Desk) -> None:
    raised_by_kim(cast)
    page = desk(cast.ana).get(f"{ALL}&q=cracked").content.decode()
    assert "what fits best first" in page
    assert '<input type="hidden" name="sort"' not in page
    page = desk(cast.ana).get(f"{ALL}&q=cracked&sort=created").content.decode()
    assert '<input type="hidden" name="sort" value="created">' in page


def test_a_view_without_a_match_offers_all_cases(cast: Cast, desk: Desk) -> None:
    raised_by_kim(cast)
    page = desk(cast.ben).get("/desk/cases/?view=my-active&q=cracked").content.decode()
    assert "1 of all cases does." in page
    assert "/desk/cases/?q=cracked&amp;view=all" in page
