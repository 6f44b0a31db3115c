"""The tables of cases."""

from .attachment import Attachment, StorageUse, StoredFile
from .bulk import Bulk, BulkCase
from .canned import CannedAnswer
from .case import Case
from .case_draft import CaseDraft
from .court_stay import CourtStay
from .event import CaseEvent
from .guide import GuideTopic, GuideUse
from .link import CaseLink
from .message import Draft, Mention, Message
from .partner_answer import PartnerAnswer
from .people import Participant, Visit, Watch
from .reference import Category, ContactMethod, NoteSubject, Priority, Reason, Tag
from .satisfaction import Satisfaction
from .saved_view import ListChoice, SavedView
from .search import SearchDocument
from .side import Side
from .split import Split
from .step import Cancellation, Closure, Merge, Reopening, Suspension, Withdrawal
from .submission import Submission
from .task import Task, TaskComment, TaskStatus, TaskType
from .upload import Upload, UploadPart

__all__ = [
    "Attachment",
    "Bulk",
    "BulkCase",
    "Cancellation",
    "CannedAnswer",
    "Case",
    "CaseDraft",
    "CaseEvent",
    "CaseLink",
    "Category",
    "Closure",
    "ContactMethod",
    "CourtStay",
    "Draft",
    "GuideTopic",
    "GuideUse",
    "ListChoice",
    "Mention",
    "Merge",
    "Message",
    "NoteSubject",
    "Participant",
    "PartnerAnswer",
    "Priority",
    "Reason",
    "Reopening",
    "Satisfaction",
    "SavedView",
    "SearchDocument",
    "Side",
    "Split",
    "StorageUse",
    "StoredFile",
    "Submission",
    "Suspension",
    "Tag",
    "Task",
    "TaskComment",
    "TaskStatus",
    "TaskType",
    "Upload",
    "UploadPart",
    "Visit",
    "Watch",
    "Withdrawal",
]
