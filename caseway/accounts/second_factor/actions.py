"""Taking a second factor away, for somebody who lost it."""

from allauth.mfa.models import Authenticator

from caseway.accounts.audit import record
from caseway.accounts.events import SecondFactorReset
from caseway.accounts.models import Organisation, Person
from caseway.accounts.sign_in.actions import end_sessions
from caseway.accounts.sign_in.notices import tell_of_second_factor
from caseway.core.transactions import action


@action
def remove_all(person: Person, *, by: Person | None, organisation: Organisation | None) -> None:
    """Remove authenticator app, passkeys and recovery codes; end all sessions, tell the person by mail,
    and keep who did it. API tokens end as well. Where there is nothing to remove, nothing happens."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    removed, _rows = Authenticator.objects.filter(user=person).delete()
    if not removed:
        return
    end_sessions(person)
    record(SecondFactorReset(person_id=person.pk), by=by, organisation=organisation, about=person)
    tell_of_second_factor(person, "reset")
