"""`caseway token --user EMAIL [--scope S …]`: makes an API token and prints it once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from caseway.accounts.models import Organisation, Person
from caseway.api.models import Token
from caseway.api.tokens.actions import make_token, revoke
from caseway.api.tokens.scopes import Scope
from caseway.core.errors import Invalid
from caseway.core.text import normal_address


class Command(BaseCommand):
    help = "Makes an API token for a person and prints it once; or revokes one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--user", metavar="EMAIL", help="whose token it is")
        parser.add_argument(
            "--scope", action="append", default=[], metavar="S", help=f"one of {', '.join(Scope.values)}"
        )
        parser.add_argument(
            "--organisation", metavar="SLUG", help="which desk or portal; default: the main one"
        )
        parser.add_argument("--name", default="", help="what it is for")
        parser.add_argument("--revoke", metavar="TOKEN", help="revoke the token that begins like this")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or revoke."""
        if options["revoke"]:
            self._revoke(options["revoke"])
        elif options["user"]:
            self._make(options)
        else:
            raise CommandError("Say whose token it is: --user EMAIL.")

    def _make(self, options: dict[str, Any]) -> None:
        person = Person.objects.filter(email=normal_address(options["user"])).first()
        if person is None:
            raise CommandError(f"Nobody has the address {options['user']}.")
        organisation = None
        if options["organisation"]:
            organisation = Organisation.objects.filter(slug=options["organisation"]).first()
            if organisation is None:
                raise CommandError(f"There is no organisation {options['organisation']}.")
        try:
            _token, secret = make_token(
                person, organisation=organisation, scopes=options["scope"], name=options["name"]
            )
        except Invalid as error:
            raise CommandError(str(error)) from None
        self.stdout.write(secret)

    def _revoke(self, presented: str) -> None:
        handle = presented.removeprefix("cw_").partition("_")[0].rstrip("…")
        token = Token.objects.filter(handle=handle).first()
        if token is None:
            raise CommandError("There is no such token.")
        revoke(token)
        self.stderr.write(f"Revoked {token}.")
