"""The world that is measured: loaded once per size, kept for the next run."""

import os
import sys
from dataclasses import dataclass

import django

from config.attachment import attach_database
from config.environment import load


@dataclass(frozen=True)
class World:
    """Who signs in, and how large the world is."""

    cases: int
    agent: str
    customer: str


def prepare_world(cases: int, organisations: int) -> World:
    """Attach the database, migrate it, and load what is missing. Sets Django up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    attach_database(load(), lambda line: print(line, file=sys.stderr))
    django.setup()
    from django.core.management import call_command

    from caseway.accounts.models import Organisation
    from caseway.cases.models import Case, Satisfaction
    from caseway.customers.models import Contact
    from caseway.demo.synthesis.guides import MOST, make_guides

    call_command("migrate", verbosity=0)
    if Case.objects.count() < cases:
        call_command("synthesize", cases=cases, organisations=organisations)
    elif not Satisfaction.objects.exists():
        raise SystemExit("This world was loaded before it had mails. Remove its folder, and run again.")
    # Worlds that were loaded before there were guides, and small ones, get what is measured.
    make_guides(Organisation.objects.get(slug="org-001"), MOST, seed=1)
    contact = Contact.objects.filter(organisation__slug="org-001", person__isnull=False).get()
    return World(cases=cases, agent="agent1@org-001.example", customer=contact.email)
