"""Citing a record at a clause."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.forms import ScreenedForm


class EvidenceForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("where",)

    record = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    where = forms.CharField(
        label=_("Relevant part of the record, and what it supports"),
        required=False,
        max_length=300,
        help_text=_("For example, section 4, on response times."),
    )
    quoted = forms.BooleanField(
        label=_("The clause quotes words from the record"),
        required=False,
        help_text=_(
            "If the record is withdrawn later, this clause will be hidden in revisions and published versions."
        ),
    )
