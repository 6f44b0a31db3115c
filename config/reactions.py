"""Who reacts to what, from top to bottom. Actions make events and never call upwards; this says the rest."""

from collections.abc import Mapping

from caseway.accounts.events import OrganisationAdded
from caseway.cases.history.events import (
    CaseClosed,
    CaseCreated,
    CaseMerged,
    CaseUnmerged,
    MessagePosted,
    OwnerUrged,
)
from caseway.cases.linking.answers import take_back_answers
from caseway.cases.reference.actions import give_starting_lists
from caseway.core.events import Event, Reactions
from caseway.customers.events import ContactInvited, SignUpOfKnown
from caseway.notifications.customers import confirm_creation, tell_of_solution
from caseway.notifications.invitations import invite_by_mail, tell_of_known_sign_in
from caseway.notifications.joined import tell_of_merge, tell_of_separation
from caseway.notifications.owners import tell_of_urge
from caseway.notifications.reactions import tell_of_message

REACTIONS: Mapping[type[Event], Reactions] = {
    OrganisationAdded: Reactions(in_transaction=[give_starting_lists]),
    # Mails are written in the transaction of their cause: what is kept is told, and nothing else.
    CaseCreated: Reactions(in_transaction=[take_back_answers, confirm_creation]),
    MessagePosted: Reactions(in_transaction=[tell_of_message]),
    CaseClosed: Reactions(in_transaction=[tell_of_solution]),
    CaseMerged: Reactions(in_transaction=[tell_of_merge]),
    CaseUnmerged: Reactions(in_transaction=[tell_of_separation]),
    OwnerUrged: Reactions(in_transaction=[tell_of_urge]),
    ContactInvited: Reactions(in_transaction=[invite_by_mail]),
    SignUpOfKnown: Reactions(in_transaction=[tell_of_known_sign_in]),
}
