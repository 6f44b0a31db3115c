"""Who reacts to what, from top to bottom. Actions never call upwards: they make an event, and this says the rest."""

from collections.abc import Mapping

from caseway.accounts.events import OrganisationAdded
from caseway.cases.reference.actions import give_starting_lists
from caseway.core.events import Event, Reactions

REACTIONS: Mapping[type[Event], Reactions] = {
    OrganisationAdded: Reactions(in_transaction=[give_starting_lists]),
}
