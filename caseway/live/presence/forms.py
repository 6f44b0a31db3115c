"""What a browser says of its reader."""

from django import forms


class PresenceForm(forms.Form):
    """`doing`: viewing, writing, or gone."""

    doing = forms.ChoiceField(choices=[(word, word) for word in ("viewing", "writing", "gone")])
