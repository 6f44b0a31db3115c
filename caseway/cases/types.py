"""Case types: one static list for all organisations, so that figures compare across the network."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseType(models.TextChoices):
    """The reason code of a case."""

    GENERAL_STATUS = "general_status", _("General status update")
    WHERE_IS_MY_ORDER = "where_is_my_order", _("Where is my order")
    DELIVERY_SCHEDULING = "delivery_scheduling", _("Delivery scheduling")
    REDELIVERY = "redelivery", _("Redelivery")
    REROUTE = "reroute", _("Reroute")
    ADDRESS_CORRECTION = "address_correction", _("Address correction")
    DAMAGED = "damaged", _("Damaged")
    SHORTAGE = "shortage", _("Shortage")
    OVERAGE = "overage", _("Overage")
    LOST = "lost", _("Lost")
    DELIVERED_NOT_RECEIVED = "delivered_not_received", _("Delivered not received")
    RETURN_TO_SENDER = "return_to_sender", _("Return to sender")
    REFUSED = "refused", _("Refused by receiver")
    MISSED_PICKUP = "missed_pickup", _("Missed pickup")
    PROOF_OF_DELIVERY = "proof_of_delivery", _("Proof of delivery")
    CUSTOMS_HOLD = "customs_hold", _("Customs hold")
    DISPOSITION = "disposition", _("Disposition or storage")
    BILLING = "billing", _("Billing dispute")
    CLAIM = "claim", pgettext_lazy("case type", "Claim")
    CANCEL = "cancel", pgettext_lazy("case type", "Cancel")
    OTHER = "other", _("Other")


class UrgeWay(models.TextChoices):
    """How an owner is asked to hurry."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class Source(models.TextChoices):
    """What made the case."""

    USER = "user", _("User")
    EMAIL = "email", _("E-mail")
    RULE = "rule", _("Rule")
    API = "api", _("API")
    PORTAL = "portal", _("Portal")


class Sharing(models.TextChoices):
    """How far an organisation other than the case's own sees it. No side row at all is *internal*."""

    INTERNAL = "internal", _("Internal")
    LISTED = "listed", _("Listed")
    SHARED = "shared", _("Shared")


class Audience(models.TextChoices):
    """Who reads a message."""

    CUSTOMER = "customer", _("Customer")
    PARTNER = "partner", _("Partner")
    TEAM = "team", _("Team note")
    RECORD = "record", _("Internal record")


class Verdict(models.TextChoices):
    """What a customer says of a closed case."""

    GOOD = "good", _("Satisfied")
    MIXED = "mixed", _("Partly satisfied")
    POOR = "poor", _("Not satisfied")


class Court(models.TextChoices):
    """Which side must act next, as one organisation sees it."""

    US = "us", _("Us")
    CUSTOMER = "customer", _("Customer")
    PARTNER = "partner", _("Partner")
    NOBODY = "nobody", _("Nobody")


class AnswerKind(models.TextChoices):
    """What a partner's people can do by the links of a mail."""

    ACCEPTED = "accepted", _("Accept")
    ETA = "eta", _("Give an ETA")
    PROOF = "proof", _("Upload a proof of delivery")
    SOLVED = "solved", _("Report solved")
    WORDS = "words", _("Write an answer")
