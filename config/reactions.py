"""Who reacts to what, from top to bottom. Actions never call upwards: they make an event, and this says the rest."""

from collections.abc import Mapping

from caseway.core.events import Event, Reactions

REACTIONS: Mapping[type[Event], Reactions] = {}
