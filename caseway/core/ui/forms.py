"""What the field macro must know of Django's form widgets."""

from django import forms
from django.forms.boundfield import BoundField


def widget_class(bound: BoundField) -> str:
    """The stylesheet's class for a bound field's control; "choices" for a set of boxes."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Select):
        return "select"
    return "textarea" if isinstance(widget, forms.Textarea) else "input"
