"""Every address of the portal: what a customer can do.

Pages that only show are composed in `caseway/portal`; what changes something lives in its slice.
"""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from caseway.cases.commenting import portal as commenting
from caseway.cases.creation import portal as creation
from caseway.cases.guides import portal as guides
from caseway.cases.lifecycle import portal as lifecycle
from caseway.cases.satisfaction import mailed as asked
from caseway.cases.satisfaction import portal as satisfaction
from caseway.customers.colleagues import portal as account
from caseway.portal.case import views as case
from caseway.portal.mycases import views as mycases
from caseway.portal.shipments import answers as answering
from caseway.portal.shipments import views as shipments


class CaseNumber(StringConverter):
    """`CV` and digits."""

    regex = r"CV\d{8,12}"


class AnswerKind(StringConverter):
    """What is to be answered: the shipment that was chosen, or what was written."""

    regex = "chosen|written"


register_converter(CaseNumber, "case_number")
register_converter(AnswerKind, "answer_kind")

app_name = "portal"
urlpatterns = [
    path("", mycases.home, name="home"),
    path("portal/cases/", mycases.my_cases, name="cases"),
    path("portal/cases/new/", creation.new_case, name="new"),
    path("portal/cases/new/shipment/", creation.find_shipment, name="find_shipment"),
    path("portal/cases/new/<uuid:draft>/", creation.resume, name="new_resume"),
    path("portal/cases/new/<uuid:draft>/topic/", creation.topic, name="new_topic"),
    path("portal/cases/new/<uuid:draft>/guidance/", creation.guidance, name="new_guidance"),
    path("portal/cases/new/<uuid:draft>/shipment/", creation.shipment, name="new_shipment"),
    path("portal/cases/new/<uuid:draft>/content/", creation.content, name="new_content"),
    path("portal/cases/new/<uuid:draft>/draft/", creation.draft, name="new_draft"),
    path("portal/cases/<case_number:number>/", case.case, name="case"),
    path("portal/cases/<case_number:number>/created/", creation.created, name="created"),
    path("portal/cases/<case_number:number>/conversation/", case.conversation, name="conversation"),
    path("portal/cases/<case_number:number>/comments/", commenting.comments, name="comments"),
    path("portal/cases/<case_number:number>/draft/", commenting.draft, name="draft"),
    path("portal/cases/<case_number:number>/satisfaction/", satisfaction.satisfaction, name="satisfaction"),
    path("portal/cases/<case_number:number>/withdrawal/", lifecycle.withdrawal, name="withdrawal"),
    path("portal/answers/solved/", answering.answered, name="answered"),
    path("portal/answers/<answer_kind:kind>/", answering.answers, name="answers"),
    path("portal/shipments/", shipments.my_shipments, name="shipments"),
    path("portal/shipments/<path:number>/", shipments.shipment, name="shipment"),
    path("portal/guidance/", guides.guides, name="guides"),
    path("portal/guidance/suggestions/", guides.suggestions, name="guide_suggestions"),
    path("portal/guidance/<int:key>/", guides.guide, name="guide"),
    path("portal/guidance/<int:key>/solution/", guides.solution, name="guide_solution"),
    path("portal/account/colleagues/", account.colleagues, name="colleagues"),
    path("portal/account/colleagues/<int:key>/", account.colleague, name="colleague"),
    path("portal/account/invitations/<int:key>/", account.invitation, name="invitation"),
    path("satisfaction/<str:token>/", asked.mailed, name="satisfaction_mailed"),
    path("portal/files/", include("caseway.cases.files.urls")),
]
