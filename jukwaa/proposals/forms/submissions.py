"""Forms of a submission: that it has been made, and what became of it."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.meetings.models import Entry
from jukwaa.proposals.models import Submission


class SubmissionForm(ScreenedForm):
    SCREENED: ClassVar[tuple[str, ...]] = ("reference",)

    reference = forms.CharField(
        label=_("Reference number"),
        max_length=100,
        required=False,
        help_text=_("The number that the forum gave to the proposal. You can add it later."),
    )
    commitment = forms.ModelChoiceField(
        Entry.objects.none(),
        label=_("Commitment that this fulfils"),
        required=False,
        empty_label=_("None"),
        help_text=_("The commitment will be marked as done, with the proposal as evidence."),
    )

    def __init__(self, *args: Any, commitments: QuerySet[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitment"].queryset = commitments  # type: ignore[attr-defined]  # a ModelChoiceField

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reference", "commitment")}


class OutcomeForm(ScreenedForm):
    SCREENED: ClassVar[tuple[str, ...]] = ("outcome_note",)

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Submission.Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an outcome.")},
    )
    outcome_on = DayField(label=_("Date of the answer"), required=True)
    outcome_note = forms.CharField(
        label=_("Comments or conditions"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    reference = forms.CharField(label=_("Reference number"), max_length=100, required=False)

    NAMES: ClassVar[tuple[str, ...]] = ("outcome", "outcome_on", "outcome_note", "reference")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NAMES}

    @classmethod
    def initial_of(cls, submission: Submission) -> dict[str, Any]:
        return {name: getattr(submission, name) for name in cls.NAMES}
