"""Restoring, comparing, withdrawing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.core.forms import Form


class WithdrawForm(Form):
    reason = forms.CharField(
        label=_("Reason for the withdrawal"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The authors and the coordinators will read this reason."),
        error_messages={"required": _("Enter a reason, so that others understand the withdrawal later.")},
    )


class RestoreForm(Form):
    """`version` is the one that the reader had before them; without it, the newest counts as unread."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput())


class CompareForm(Form):
    """Two numbers in the address; anything else compares nothing."""

    old = forms.IntegerField(required=False)
    new = forms.IntegerField(required=False)
