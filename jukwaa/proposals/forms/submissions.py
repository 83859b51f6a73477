"""Forms of a submission: that it has been made, and what became of it."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.documents.incoming.file_kinds import ATTACHABLE_KIND_KEYS, format_file_extensions
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE, DEFAULT_FILE_LIMITS
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.meetings.models import Entry
from jukwaa.proposals.models import Submission
from jukwaa.records.actions.attachments import InspectedFile, inspect_uploaded_file


class SubmissionProofForm(ScreenedForm):
    """A form with a file. `proof` is the file as it may be kept."""

    submission_source = "attachment"
    inspected: InspectedFile | None = None

    proof = forms.FileField(
        label=_("Proof of submission"),
        required=False,
        max_length=200,
        allow_empty_file=True,  # the inspection refuses it, with a better sentence
        error_messages={"max_length": _("The name of this file is too long. Shorten it to 200 characters.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = {
            "limit": DEFAULT_FILE_LIMITS.file // BYTES_PER_MEGABYTE,
            "taken": format_file_extensions(ATTACHABLE_KIND_KEYS),
        }
        self.fields["proof"].help_text = (
            gettext(
                "For example: the confirmation from the forum, or a screenshot. Everyone who can read the proposal"
                " can open this file. At most %(limit)s MB. File types: %(taken)s"
            )
            % facts
        )

    def clean_proof(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["proof"]
        if not file:
            return None
        try:
            self.inspected = inspect_uploaded_file(file.read(), file.name or "")
        except ActionRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file


class ProposalSubmissionForm(SubmissionProofForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reference",)

    reference = forms.CharField(
        label=_("Reference number"),
        max_length=100,
        required=False,
        help_text=_("The number that the forum gave to the proposal. You can add it later."),
    )
    commitment = forms.ModelChoiceField(
        Entry.objects.none(),
        label=_("Commitment fulfilled by this submission"),
        required=False,
        empty_label=_("No commitment"),
        help_text=_("The commitment will be marked as done, with the proposal as evidence."),
    )

    field_order = ("reference", "proof", "commitment")

    def __init__(self, *args: Any, commitments: QuerySet[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitment"].queryset = commitments  # type: ignore[attr-defined]  # a ModelChoiceField

    def get_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reference", "commitment")} | {"proof": self.inspected}


class ProposalOutcomeForm(SubmissionProofForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("outcome_note",)

    outcome = forms.ChoiceField(
        label=pgettext_lazy("of a proposal", "Outcome"),
        choices=Submission.Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an outcome.")},
    )
    outcome_on = DayField(label=_("Date of the outcome"), required=True)
    outcome_note = forms.CharField(
        label=_("Comments or conditions"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    reference = forms.CharField(label=_("Reference number"), max_length=100, required=False)

    field_order = ("outcome", "outcome_on", "outcome_note", "reference", "proof")
    NAMES: ClassVar[tuple[str, ...]] = ("outcome", "outcome_on", "outcome_note", "reference")

    def get_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NAMES} | {"proof": self.inspected}

    @classmethod
    def get_initial(cls, submission: Submission) -> dict[str, Any]:
        return {name: getattr(submission, name) for name in cls.NAMES}
