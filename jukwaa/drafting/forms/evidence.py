"""Citing a record at a clause."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.forms import ScreenedForm


class EvidenceForm(ScreenedForm):
    SCREENED: ClassVar[tuple[str, ...]] = ("where",)

    record = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    where = forms.CharField(
        label=_("Where in it, and for what"),
        required=False,
        max_length=300,
        help_text=_("Such as: part 4, on the time to answer."),
    )
    quoted = forms.BooleanField(
        label=_("Words of it stand in the clause"),
        required=False,
        help_text=_("Should the record be withdrawn, its words are then no longer shown in what was published."),
    )
