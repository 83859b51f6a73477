"""Bringing back a Word file."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.models import Organisation
from jukwaa.core.documents.incoming import DEFAULT_FILE_LIMITS, FileRefused
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.actions import read_returned_file
from jukwaa.drafting.actions.inputs import refuse_closed_consultation
from jukwaa.drafting.actions.returned_files import ReturnedFile
from jukwaa.drafting.models import Consultation

OTHER_AUTHOR_VALUE = "somebody"  # else than the one who uploads: a drafter logs it
BYTES_PER_MEGABYTE = 1024 * 1024


class ReturnedFileForm(ScreenedForm):
    """The file, and in whose name it speaks. It is read, in a process of its own, once the rest is in order."""

    submission_source = "attachment"
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("said_by",)
    use_required_attribute = False
    brought: ReturnedFile  # once the form is valid

    file = forms.FileField(
        label=_("Word file"),
        help_text=_("The draft with your changes and comments, saved as .docx. At most 25 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose the Word file with your changes and comments.")},
    )
    capacity = forms.ChoiceField(
        label=_("Whose views does the file represent?"),
        widget=forms.RadioSelect(),
        error_messages={
            "required": _("Choose whose views the file represents."),
            "invalid_choice": _(
                "Choose one of the options listed. You can represent an organisation once it has confirmed that you"
                " belong to it."
            ),
        },
    )
    said_by = forms.CharField(
        label=_("Who sent the file?"),
        help_text=_(
            "Only if another person sent the file. Enter the organisation, as in the directory, or the role of the"
            " person. Do not enter the person's name."
        ),
        max_length=200,
        required=False,
    )
    names = forms.BooleanField(
        label=_("Keep the names that Word saved with changes and comments"),
        help_text=_(
            "Otherwise the names will be removed. Only keep them if these people agree that all readers can see them."
        ),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        capacity_choices: list[CapacityChoice],
        consultation: Consultation,
        can_log_inputs: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.offered = {choice.value: choice.organisation for choice in capacity_choices}
        offered = [(choice.value, choice.label) for choice in capacity_choices]
        others = (
            [(OTHER_AUTHOR_VALUE, _("another person or organisation that sent us the file"))] if can_log_inputs else []
        )
        self.set_choices("capacity", [*offered, *others])
        self.fields["capacity"].initial = offered[0][0] if offered else OTHER_AUTHOR_VALUE
        if not can_log_inputs:
            del self.fields["said_by"]

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > DEFAULT_FILE_LIMITS.file:
            size, limit = -(-(file.size or 0) // BYTES_PER_MEGABYTE), DEFAULT_FILE_LIMITS.file // BYTES_PER_MEGABYTE
            raise forms.ValidationError(FileRefused("too_big", size=size, limit=limit).message)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("capacity") == OTHER_AUTHOR_VALUE and not (cleaned.get("said_by") or "").strip():
            self.add_error("said_by", _("Enter the organisation or the role of the person who sent the file."))
        if not self.errors:
            self._read_returned_file()
        return cleaned

    def _read_returned_file(self) -> None:
        said, file = self.cleaned_data, self.cleaned_data["file"]
        try:
            if said["capacity"] != OTHER_AUTHOR_VALUE:
                refuse_closed_consultation(self.consultation)
            self.brought = read_returned_file(
                consultation=self.consultation,
                file_name=file.name or "",
                file_data=file.read(),
                with_names=said["names"],
            )
        except ActionRefused as refusal:
            self.add_error("file", str(refusal))
        else:
            self.file_texts = [self.brought.joined_people_names]

    def get_author_fields(self) -> dict[str, Any]:
        """For whom: an organisation of the uploader's, themselves, or somebody else by the name that was written."""
        chosen = self.cleaned_data["capacity"]
        if chosen != OTHER_AUTHOR_VALUE:
            return {"organisation": self.offered[chosen]}
        said_by = self.cleaned_data["said_by"].strip()
        known = Organisation.objects.filter(coalition=self.consultation.text.coalition, name__iexact=said_by).first()
        return {"organisation": known, "said_by": said_by}
