"""Who reacts to what, from top to bottom. Actions make events and never call upwards; this says the rest."""

from collections.abc import Mapping

from caseway.accounts.events import OrganisationAdded, PartnerInvited
from caseway.cases.history.events import (
    CaseAssigned,
    CaseCancelled,
    CaseClaimed,
    CaseClosed,
    CaseCreated,
    CaseGivenToTeam,
    CaseMerged,
    CaseRated,
    CaseReleased,
    CaseReopened,
    CaseResumed,
    CaseSuspended,
    CaseUnmerged,
    CaseWithdrawn,
    MessagePosted,
    OwnerUrged,
    PartnerAdded,
)
from caseway.cases.history.mail_events import MailHeld, MailUndelivered
from caseway.cases.history.task_events import TaskAdded, TaskAssigned
from caseway.cases.linking.answers import take_back_answers
from caseway.cases.reference.actions import give_starting_lists
from caseway.cases.search.reactions import follow_parties
from caseway.core.events import Event, Reactions
from caseway.customers.events import ContactInvited, SignUpOfKnown
from caseway.notifications.customers import confirm_creation, tell_of_solution
from caseway.notifications.invitations import invite_by_mail, tell_of_known_sign_in
from caseway.notifications.joined import tell_of_merge, tell_of_separation
from caseway.notifications.noticing.telling import tell
from caseway.notifications.owners import tell_of_urge
from caseway.notifications.partner_invitations import invite_partner_by_mail
from caseway.notifications.reactions import tell_of_message
from caseway.shipments.events import PartiesChanged

REACTIONS: Mapping[type[Event], Reactions] = {
    OrganisationAdded: Reactions(in_transaction=[give_starting_lists]),
    # Mails are written in the transaction of their cause: what is kept is told, and nothing else.
    CaseCreated: Reactions(in_transaction=[take_back_answers, confirm_creation, tell]),
    MessagePosted: Reactions(in_transaction=[tell_of_message, tell]),
    CaseClosed: Reactions(in_transaction=[tell_of_solution, tell]),
    CaseMerged: Reactions(in_transaction=[tell_of_merge, tell]),
    CaseUnmerged: Reactions(in_transaction=[tell_of_separation, tell]),
    OwnerUrged: Reactions(in_transaction=[tell_of_urge, tell]),
    CaseClaimed: Reactions(in_transaction=[tell]),
    CaseAssigned: Reactions(in_transaction=[tell]),
    CaseReleased: Reactions(in_transaction=[tell]),
    CaseGivenToTeam: Reactions(in_transaction=[tell]),
    CaseSuspended: Reactions(in_transaction=[tell]),
    CaseResumed: Reactions(in_transaction=[tell]),
    CaseReopened: Reactions(in_transaction=[tell]),
    CaseCancelled: Reactions(in_transaction=[tell]),
    CaseWithdrawn: Reactions(in_transaction=[tell]),
    CaseRated: Reactions(in_transaction=[tell]),
    PartnerAdded: Reactions(in_transaction=[tell]),
    MailHeld: Reactions(in_transaction=[tell]),
    MailUndelivered: Reactions(in_transaction=[tell]),
    TaskAdded: Reactions(in_transaction=[tell]),
    TaskAssigned: Reactions(in_transaction=[tell]),
    ContactInvited: Reactions(in_transaction=[invite_by_mail]),
    PartiesChanged: Reactions(in_transaction=[follow_parties]),
    PartnerInvited: Reactions(in_transaction=[invite_partner_by_mail]),
    SignUpOfKnown: Reactions(in_transaction=[tell_of_known_sign_in]),
}
