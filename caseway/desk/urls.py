"""The desk's addresses, a catalogue of what an agent can do."""

from django.urls import include, path

from caseway.accounts.keyboard import desk as keyboard
from caseway.accounts.permitting import desk as permitting
from caseway.accounts.policies import desk as policies
from caseway.accounts.teams import desk as teams
from caseway.cases.bulk import desk as bulk
from caseway.cases.canned import desk as canned
from caseway.cases.conversation import desk as conversation
from caseway.cases.creation import account_desk as creation_at_account
from caseway.cases.creation import desk as creation
from caseway.cases.editing import desk as editing
from caseway.cases.guides import desk as guides
from caseway.cases.inserting import desk as inserting
from caseway.cases.lifecycle import desk as lifecycle
from caseway.cases.linking import desk as linking
from caseway.cases.lists import desk as lists
from caseway.cases.merging import desk as merging
from caseway.cases.ownership import desk as ownership
from caseway.cases.panel import desk as panel
from caseway.cases.partnering import desk as partnering
from caseway.cases.splitting import desk as splitting
from caseway.cases.subscribing import desk as subscribing
from caseway.cases.tasks import desk as work
from caseway.cases.undoing import desk as undoing
from caseway.cases.urging import desk as urging
from caseway.cases.views import desk as views
from caseway.cases.views.pages import arranging, saving
from caseway.cases.watching import desk as watching
from caseway.customers.colleagues import desk as customers
from caseway.customers.lost_factor import desk as lost_factor
from caseway.customers.staff import desk as staff
from caseway.live.presence import desk as presence
from caseway.mail.arrivals import desk as arrivals
from caseway.mail.blocking import desk as blocking
from caseway.mail.branding import desk as branding
from caseway.mail.granting import desk as granting
from caseway.mail.incoming import desk as incoming
from caseway.mail.mailboxes import desk as mailboxes
from caseway.mail.outbox import desk as outbox
from caseway.mail.partnerships import desk as partnerships
from caseway.mail.reachability import desk as reachability
from caseway.notifications.choosing import desk as choosing
from caseway.notifications.noticing import desk as noticing
from caseway.notifications.reminding import desk as reminding

from .case import views as case
from .customers import views as accounts
from .keys import views as keys
from .palette import views as palette
from .queue import filtering
from .queue import views as queue
from .settings import views as settings
from .shipments import views as shipments
from .tasks import views as tasks

app_name = "desk"

of_a_case = [
    path("preview", queue.preview, name="preview"),
    path("messages", conversation.messages, name="messages"),
    path("draft", conversation.draft, name="draft"),
    path("draft/move", conversation.move_draft, name="move_draft"),
    path("visit", conversation.visit, name="visit"),
    path("presence", presence.presence, name="presence"),
    path("waiting/<int:key>/undo", conversation.undo_sending, name="undo_sending"),
    path("waiting/<int:key>/sending", conversation.finish_sending, name="finish_sending"),
    path("guides", inserting.case_guides, name="case_guides"),
    path("guides/<int:key>/insertion", inserting.guide_insertion, name="guide_insertion"),
    path("colleagues", inserting.case_colleagues, name="case_colleagues"),
    path("canned-answers", inserting.case_canned, name="case_canned"),
    path("canned-answers/<int:key>/insertion", inserting.canned_insertion, name="canned_insertion"),
    path("claim", ownership.claim, name="claim"),
    path("owner", ownership.owner, name="owner"),
    path("team", ownership.team, name="team"),
    path("release", ownership.release, name="release"),
    path("level", ownership.level, name="level"),
    path("watch", watching.watch, name="watch"),
    path("watchers", watching.watchers, name="watchers"),
    path("subscriptions", subscribing.subscriptions, name="subscriptions"),
    path("urges", urging.urge, name="urge"),
    path("suspension", lifecycle.suspension, name="suspension"),
    path("resumption", lifecycle.resumption, name="resumption"),
    path("closure", lifecycle.closure, name="closure"),
    path("reopening", lifecycle.reopening, name="reopening"),
    path("cancellation", lifecycle.cancellation, name="cancellation"),
    path("merge", merging.merge, name="merge"),
    path("separation", merging.separation, name="separation"),
    path("undo/<int:event>", undoing.undo, name="undo"),
    path("split", splitting.split, name="split"),
    path("split/removal", splitting.split_removal, name="split_removal"),
    path("links", linking.links, name="links"),
    path("links/<int:key>/removal", linking.link_removal, name="link_removal"),
    path("tasks/new", work.new_task, name="new_task"),
    path("tasks/<int:task>", work.task, name="task"),
    path("tasks/<int:task>/status", work.task_status, name="task_status"),
    path("tasks/<int:task>/claim", work.task_claim, name="task_claim"),
    path("partner", partnering.partner, name="partner"),
    path("fields/<slug:name>", editing.field, name="field"),
    path("deliveries/<int:key>/again", outbox.again, name="delivery_again"),
    path(
        "deliveries/<int:key>/address", reachability.address_of_delivery_works, name="delivery_address_works"
    ),
    path("held/<int:mail>/", incoming.held, name="held"),
    path("held/<int:mail>/admission", incoming.admission, name="admission"),
    path("held/<int:mail>/dismissal", incoming.dismissal, name="dismissal"),
    path("held/<int:mail>/blockade", incoming.blockade, name="blockade"),
]

urlpatterns = [
    path("", queue.home, name="home"),
    path("counts", queue.counts, name="counts"),
    path("palette", palette.found, name="palette"),
    path("keys/", keys.keys, name="keys"),
    path("keys/single", keyboard.single_keys, name="single_keys"),
    path("cases/", queue.cases, name="cases"),
    path("cases/new/", creation.new_case, name="new_case"),
    path("cases/new/draft", creation.draft, name="new_case_draft"),
    path("cases/count", queue.count, name="count"),
    path("cases/previews", views.previews, name="previews"),
    path("cases/filters/", filtering.filters, name="filters"),
    path("cases/filters/<slug:name>/", filtering.one_filter, name="one_filter"),
    path("cases/columns", arranging.columns, name="columns"),
    path("cases/width", arranging.column_width, name="column_width"),
    path("cases/opening", arranging.opening, name="opening"),
    path("views/", saving.saved_views, name="saved_views"),
    path("views/new/", saving.new_saved_view, name="new_saved_view"),
    path("views/<int:key>/", saving.saved_view, name="saved_view"),
    path("views/<int:key>/update", saving.saved_view_update, name="saved_view_update"),
    path("views/<int:key>/removal", saving.saved_view_removal, name="saved_view_removal"),
    path("bulk/", bulk.bulks, name="bulks"),
    path("bulk/new/", bulk.chosen, name="bulk_chosen"),
    path("bulk/new/<slug:name>", bulk.operation, name="bulk_operation"),
    path("bulk/<int:key>/", bulk.one, name="bulk"),
    path("bulk/<int:key>/strip", bulk.strip, name="bulk_strip"),
    path("bulk/<int:key>/cancellation", bulk.cancellation, name="bulk_cancellation"),
    path("bulk/<int:key>/undo", bulk.undo, name="bulk_undo"),
    path("bulk/<int:key>/retry", bulk.retry, name="bulk_retry"),
    path("cases/<str:number>", case.case, name="case"),
    path("cases/<str:number>/", include(of_a_case)),
    path("files/", include("caseway.cases.files.urls")),
    path("tasks/", tasks.board, name="tasks"),
    path("tasks/mine/", tasks.mine, name="my_tasks"),
    path("notifications/", noticing.notices, name="notices"),
    path("notifications/reading/", noticing.reading, name="notices_reading"),
    path("notifications/choices/", choosing.choices, name="notice_choices"),
    path("notifications/<int:key>/", noticing.opening, name="notice_opening"),
    path("shipments/", shipments.shipments, name="shipments"),
    path("shipments/<int:pk>/", shipments.shipment, name="shipment"),
    path("customers/", customers.customers, name="customers"),
    path("customers/<int:key>/", accounts.customer, name="customer"),
    path("customers/<int:key>/cases/", accounts.cases, name="customer_cases"),
    path("customers/<int:key>/cases/new/", creation_at_account.new_case, name="customer_new_case"),
    path("customers/<int:key>/cases/<str:number>/", accounts.case, name="customer_case"),
    path("customers/<int:key>/cases/<str:number>/panel/<slug:section>/", panel.panel, name="customer_panel"),
    path("customers/<int:key>/people/", customers.people, name="customer_people"),
    path("customers/<int:key>/invitations/", customers.invitations, name="customer_invitations"),
    path(
        "customers/<int:key>/invitations/<int:invitation>/",
        customers.invitation,
        name="customer_invitation",
    ),
    path("customers/<int:key>/contacts/<int:contact>/", customers.contact, name="customer_contact"),
    path("customers/<int:key>/domains/", customers.sign_up_domains, name="customer_domains"),
    path("settings/", settings.home, name="settings"),
    path("settings/audit-log/", settings.audit_log, name="audit_log"),
    path("settings/policies/", policies.policies, name="policies"),
    path("settings/people/", staff.people, name="people"),
    path("settings/people/new/", staff.new_person, name="new_person"),
    path("settings/people/<int:key>/", staff.person, name="person"),
    path("settings/people/<int:key>/state/", staff.person_state, name="person_state"),
    path("settings/teams/", teams.teams, name="teams"),
    path("settings/teams/new/", teams.new_team, name="new_team"),
    path("settings/teams/<int:key>/", teams.team, name="team_settings"),
    path("settings/teams/<int:key>/state/", teams.team_state, name="team_state"),
    path("settings/roles/", permitting.roles, name="roles"),
    path("settings/roles/new/", permitting.new_role, name="new_role"),
    path("settings/roles/<int:key>/", permitting.role, name="role"),
    path("settings/roles/<int:key>/removal/", permitting.role_removal, name="role_removal"),
    path("settings/lists/<slug:kind>/", lists.rows, name="list"),
    path("settings/lists/<slug:kind>/new/", lists.new_row, name="new_list_row"),
    path("settings/lists/<slug:kind>/<int:key>/", lists.row, name="list_row"),
    path("settings/lists/<slug:kind>/<int:key>/place/", lists.place, name="list_place"),
    path("settings/lists/<slug:kind>/<int:key>/state/", lists.state, name="list_state"),
    path("settings/mailboxes/new/", mailboxes.new_mailbox, name="new_mailbox"),
    path("settings/mailboxes/granted/", granting.granted, name="mailbox_granted"),
    path("settings/mailboxes/<int:key>/", mailboxes.mailbox, name="mailbox"),
    path(
        "settings/mailboxes/<int:key>/connection/<slug:name>/",
        granting.connection,
        name="mailbox_connection",
    ),
    path("settings/second-factor/", lost_factor.protection, name="protection"),
    path("settings/second-factor/<int:key>/reset/", lost_factor.reset, name="protection_reset"),
    path("settings/partnerships/", partnerships.partnerships, name="partnerships"),
    path("settings/partnerships/<int:key>/", partnerships.partnership, name="partnership"),
    path("settings/partnerships/<int:key>/state/", partnerships.partnership_state, name="partnership_state"),
    path(
        "settings/partnerships/<int:key>/invitations/",
        partnerships.partner_invitations,
        name="partner_invitations",
    ),
    path("settings/brands/", branding.brands, name="brands"),
    path("settings/brands/<int:key>/", branding.brand, name="brand"),
    path("settings/brands/<int:key>/preview/", branding.preview, name="brand_preview"),
    path("settings/mail/", arrivals.mails, name="mails"),
    path("settings/mail/processing/", arrivals.processing_of_failed, name="mails_processing"),
    path("settings/mail/blocked/", blocking.blocked_senders, name="blocked_senders"),
    path("settings/mail/blocked/<int:key>/removal/", blocking.unblocking, name="unblocking"),
    path("settings/mail/addresses/", reachability.unreachable_addresses, name="unreachable_addresses"),
    path("settings/mail/addresses/<int:key>/removal/", reachability.address_works, name="address_works"),
    path("settings/mail/<int:key>/", arrivals.mail, name="mail"),
    path("settings/mail/<int:key>/acceptance/", arrivals.acceptance, name="mail_acceptance"),
    path("settings/mail/<int:key>/refusal/", arrivals.refusal, name="mail_refusal"),
    path("settings/mail/<int:key>/blocking/", arrivals.blocking, name="mail_blocking"),
    path("settings/mail/<int:key>/processing/", arrivals.processing, name="mail_processing"),
    path("settings/mail/<int:key>/source/", arrivals.source, name="mail_source"),
    path("settings/mail/<int:key>.eml", arrivals.download, name="mail_download"),
    path("settings/reminders/", reminding.rules, name="reminders"),
    path("settings/reminders/new/", reminding.new_rule, name="new_reminder"),
    path("settings/reminders/<int:key>/", reminding.rule, name="reminder"),
    path("settings/reminders/<int:key>/removal/", reminding.rule_removal, name="reminder_removal"),
    path("settings/canned-answers/", canned.canned_answers, name="canned_answers"),
    path("settings/canned-answers/new/", canned.new_canned_answer, name="new_canned_answer"),
    path("settings/canned-answers/<int:key>/", canned.canned_answer, name="canned_answer"),
    path(
        "settings/canned-answers/<int:key>/removal/",
        canned.canned_answer_removal,
        name="canned_answer_removal",
    ),
    path("settings/guidance/", guides.guides, name="guides"),
    path("settings/guidance/new/", guides.new_guide, name="new_guide"),
    path("settings/guidance/preview/", guides.preview, name="guide_preview"),
    path("settings/guidance/<int:key>/", guides.guide, name="guide"),
    path("settings/guidance/<int:key>/publication/", guides.publication, name="guide_publication"),
]
