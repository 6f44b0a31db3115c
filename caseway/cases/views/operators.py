"""How a field of a filter is compared with what is wanted."""

from enum import Enum

from django.utils.translation import gettext as _


class Operator(Enum):
    """The end of a parameter's name: `field=`, `field.not=`, `field.contains=` and so on."""

    IS = ""
    IS_NOT = "not"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    STARTS_WITH = "starts_with"
    NOT_STARTS_WITH = "not_starts_with"
    AFTER = "after"
    BEFORE = "before"

    @property
    def is_negative(self) -> bool:
        """True for those that keep exactly what their opposite leaves out."""
        return self in OPPOSITES

    @property
    def positive(self) -> "Operator":
        """The operator without its "not"."""
        return OPPOSITES.get(self, self)

    @property
    def label(self) -> str:
        """The operator by itself, for a choice between those of a field."""
        return {
            Operator.IS: _("is"),
            Operator.IS_NOT: _("is not"),
            Operator.CONTAINS: _("contains"),
            Operator.NOT_CONTAINS: _("does not contain"),
            Operator.STARTS_WITH: _("starts with"),
            Operator.NOT_STARTS_WITH: _("does not start with"),
            Operator.AFTER: _("from"),
            Operator.BEFORE: _("until"),
        }[self]

    def of(self, field: str) -> str:
        """A field's name with the operator, as a chip says it."""
        said = {
            Operator.IS: "%(field)s",
            Operator.IS_NOT: _("%(field)s is not"),
            Operator.CONTAINS: _("%(field)s contains"),
            Operator.NOT_CONTAINS: _("%(field)s does not contain"),
            Operator.STARTS_WITH: _("%(field)s starts with"),
            Operator.NOT_STARTS_WITH: _("%(field)s does not start with"),
            Operator.AFTER: _("%(field)s from"),
            Operator.BEFORE: _("%(field)s until"),
        }
        return said[self] % {"field": field}


OPPOSITES = {
    Operator.IS_NOT: Operator.IS,
    Operator.NOT_CONTAINS: Operator.CONTAINS,
    Operator.NOT_STARTS_WITH: Operator.STARTS_WITH,
}
EITHER = (Operator.IS, Operator.IS_NOT)
PARTS = (*EITHER, Operator.CONTAINS, Operator.NOT_CONTAINS)
BEGINNINGS = (Operator.STARTS_WITH, Operator.NOT_STARTS_WITH)
SPAN = (Operator.AFTER, Operator.BEFORE)
