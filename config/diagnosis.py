"""What `caseway doctor` asks, from top to bottom."""

from collections.abc import Sequence

from caseway.cases.diagnosis import copies_agree
from caseway.cases.files.diagnosis import files_are_counted, organisations_have_room
from caseway.core.diagnosis import Check
from caseway.core.health import checks
from caseway.mail.diagnosis import mails_arrive, mails_leave, relay_answers
from caseway.notifications.sms.diagnosis import sms_leave, sms_provider_answers

CHECKS: Sequence[Check] = (
    checks.serving,
    checks.database_is_safe,
    checks.queue_moves,
    checks.files_are_kept,
    files_are_counted,
    organisations_have_room,
    checks.disk_has_room,
    checks.settings_are_safe,
    relay_answers,
    mails_leave,
    mails_arrive,
    sms_provider_answers,
    sms_leave,
    copies_agree,
)
