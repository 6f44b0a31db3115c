"""`caseway demo`: the demo world, as the docs describe it."""

from typing import Any

from django.core.management.base import BaseCommand

from caseway.cases.models import Case
from caseway.demo.world.load import load_demo_world
from caseway.shipments.models import Shipment


class Command(BaseCommand):
    """Loads the demo world; a second time changes nothing."""

    help = "Load the demo world: four organisations, 200 shipments, 120 cases."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load it, and say what is there."""
        load_demo_world()
        self.stdout.write(f"{Shipment.objects.count()} shipments, {Case.objects.count()} cases.")
