"""`caseway doctor` says what is wrong, how to mend it, and by its exit code whether anything is."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from caseway.cases.diagnosis import copies_agree
from caseway.cases.models import Side
from caseway.cases.tests.story import owned_by_ana, shared_with_brightwater
from caseway.core.diagnosis import Finding
from caseway.core.health import checks
from caseway.mail.diagnosis import relay_answers
from config.diagnosis import CHECKS
from config.environment import Environment
from config.values import MailRelay

pytestmark = pytest.mark.django_db


def asked(check):
    return [finding.wrong for finding in check()]


def doctor():
    out = io.StringIO()
    try:
        call_command("doctor", stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_every_check_says_what_it_looks_at():
    assert all(check.__doc__ for check in CHECKS)


def test_what_is_wrong_stands_with_its_remedy(monkeypatch):
    def leak():
        """Nothing drips."""
        yield Finding("a pipe drips", "close the tap")

    monkeypatch.setattr("config.diagnosis.CHECKS", (leak,))

    assert doctor() == (1, "!!  Nothing drips.\n    a pipe drips\n    mend: close the tap\n")


def test_all_is_well(monkeypatch):
    monkeypatch.setattr("config.diagnosis.CHECKS", (checks.disk_has_room,))

    assert doctor() == (0, "ok  A gigabyte is free where data is kept.\n")


def test_files_are_kept(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    assert asked(checks.files_are_kept) == []

    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    settings.MEDIA_ROOT = blocked
    assert "can't be kept" in asked(checks.files_are_kept)[0]


def test_jobs_that_were_given_up_are_told():
    assert asked(checks.queue_moves) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES"
            " ('default', 'x', 'failed'), ('default', 'y', 'todo')"
        )

    assert asked(checks.queue_moves) == ["1 jobs were given up", "1 jobs wait and nobody does them"]


def test_an_unsafe_setting_is_told():
    with override_settings(CASEWAY=Environment(debug=True, base_url="http://cases.example")):
        assert len(asked(checks.settings_are_safe)) == 2
    with override_settings(CASEWAY=Environment(base_url="https://cases.example")):
        assert asked(checks.settings_are_safe) == []


def test_a_mail_server_that_does_not_answer_is_told():
    nobody = MailRelay("127.0.0.1", 1, "", "", "none")

    with override_settings(CASEWAY=Environment(smtp_url=nobody)):
        assert "127.0.0.1:1 refuses us" in asked(relay_answers)[0]


@pytest.mark.parametrize(
    "change", [{"status": "closed"}, {"type": "lost"}, {"closed_at": "2026-01-01T00:00Z"}]
)
def test_a_copy_that_disagrees_with_its_case_is_told(cast, change):
    case = owned_by_ana(cast)
    assert asked(copies_agree) == []

    Side.objects.filter(case=case).update(**change)

    assert case.number in asked(copies_agree)[0]


def test_a_customer_on_a_partners_side_is_told(cast):
    case = shared_with_brightwater(cast)
    assert asked(copies_agree) == []

    Side.objects.filter(case=case, organisation=cast.brightwater).update(account=cast.orchid)

    assert case.number in asked(copies_agree)[0]
