"""`caseway mail listen`: take messages over SMTP and LMTP."""

import asyncio

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from caseway.mail.listening.servers import listen


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT, on the ports of the settings."""

    help = "Take messages over SMTP and LMTP, and store them."

    def handle(self, *args: object, **options: object) -> None:
        """Listen."""
        chosen = settings.CASEWAY
        try:
            asyncio.run(
                listen(
                    chosen.mail_host,
                    smtp_port=chosen.mail_smtp_port,
                    lmtp_port=chosen.mail_lmtp_port,
                    hostname=settings.MAIL_DOMAIN,
                )
            )
        except OSError as error:
            raise CommandError(f"The mail listener can't listen on {chosen.mail_host}: {error}") from error
