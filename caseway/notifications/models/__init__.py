"""The tables of notifications."""

from .choices import Choices
from .notice import Kind, Notice
from .reminder import Reminded, ReminderRule
from .sms import Sms, Trouble

__all__ = ["Choices", "Kind", "Notice", "Reminded", "ReminderRule", "Sms", "Trouble"]
