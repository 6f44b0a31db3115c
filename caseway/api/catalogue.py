"""Every operation of the API, by part; what is not named here does not exist."""

from ninja import Router

from .bulk.operations import bulk
from .canned.operations import canned_answers
from .cases.associations import associations
from .cases.events import history
from .cases.lifecycle import life
from .cases.listing import listing
from .cases.mails import mails
from .cases.merging import merges
from .cases.messages import conversation
from .cases.ownership import owners
from .cases.participants import participants
from .cases.satisfaction import rating
from .cases.single import single
from .cases.splitting import splits
from .cases.tasks import tasks
from .files.operations import attachments
from .files.uploads import uploads
from .guides.operations import guides
from .http.api import CasewayAPI
from .notifications.operations import notices
from .notifications.reminder_rules import reminders
from .people.contacts import contacts
from .people.invitations import invitations
from .people.operations import directory
from .people.profile import own_profile
from .reference.operations import reference
from .settings.arrivals import arrivals
from .settings.lists import lists
from .settings.partnerships import partnerships
from .settings.policy import policy
from .settings.roles import roles
from .settings.teams import teams
from .shipments.operations import shipments
from .views.operations import views

PARTS = (
    listing,
    views,
    single,
    owners,
    life,
    rating,
    conversation,
    participants,
    mails,
    history,
    associations,
    tasks,
    merges,
    splits,
    bulk,
    attachments,
    uploads,
    shipments,
    directory,
    contacts,
    invitations,
    own_profile,
    reference,
    lists,
    partnerships,
    arrivals,
    policy,
    roles,
    teams,
    guides,
    canned_answers,
    notices,
    reminders,
)

api = CasewayAPI(
    title="Caseway",
    version="1",
    description="Cases, messages and shipments, as the token's person may see and change them.",
    urls_namespace="api",
)
router = Router()
for part in PARTS:
    part.add_to(router)
api.add_router("", router)
