"""Who can read a document that was imported."""

from django import forms
from django.utils.translation import gettext_lazy

from jukwaa.core.forms import Form
from jukwaa.intake.source_readers import SOURCE_READER_CHOICES


class DocumentOpenForm(Form):
    """What the question before a document becomes public sends again; `confirmed` says what it has shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    confirmed = forms.CharField(widget=forms.HiddenInput)


class DocumentReadersForm(Form):
    label = forms.ChoiceField(
        label=gettext_lazy("Who can read this document"),
        choices=SOURCE_READER_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who can read the document.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
