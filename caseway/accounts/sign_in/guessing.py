"""What a browser tells of its reader, taken as a first guess."""

from caseway.accounts.models import Person
from caseway.accounts.reader import known_zone
from caseway.accounts.seats import seats_of


def guess_reader(person: Person, *, language: str, time_zone: str) -> None:
    """Keep the browser's language and zone for a customer who has chosen none.

    Agents go by their organisation's until they choose. What was chosen is never overwritten.
    """
    guessed = {
        "language": "" if person.language else language,
        "time_zone": "" if person.time_zone else known_zone(time_zone),
    }
    told = {name: value for name, value in guessed.items() if value}
    if not told or seats_of(person).exists():
        return
    for name, value in told.items():
        setattr(person, name, value)
    person.save(update_fields=list(told))
