"""Bringing back a Word file."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import Choice
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.core.documents.incoming import LIMITS, Refused
from jukwaa.core.safeguards.forms import ScreenedForm

SOMEBODY = "somebody"  # else than the one who uploads: a drafter logs it
MEGABYTE = 1024 * 1024


class ReturnForm(ScreenedForm):
    """The file, and in whose name it speaks."""

    SCREENED: ClassVar[tuple[str, ...]] = ("said_by",)
    use_required_attribute = False

    file = forms.FileField(
        label=_("The Word file"),
        help_text=_("The draft that you wrote in, saved as .docx. At most 25 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose the file that you wrote in.")},
    )
    capacity = forms.ChoiceField(
        label=_("It speaks"),
        widget=forms.RadioSelect(),
        error_messages={
            "required": _("Choose for whom the file speaks."),
            "invalid_choice": _("You can speak for an organisation once it has confirmed you. Choose one of these."),
        },
    )
    said_by = forms.CharField(
        label=_("Whose file it is"),
        help_text=_("If it is somebody else's: the organisation, as the directory calls it, or who they are by role."),
        max_length=200,
        required=False,
    )
    names = forms.BooleanField(
        label=_("Keep the names that Word wrote beside changes and comments"),
        help_text=_("They are left out otherwise. Keep them only if these people agree that all readers see them."),
        required=False,
    )

    def __init__(self, *args: Any, choices: list[Choice], coalition: Coalition, may_log: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coalition = coalition
        self.offered = {choice.value: choice.organisation for choice in choices}
        offered = [(choice.value, choice.label) for choice in choices]
        capacity = self.fields["capacity"]
        assert isinstance(capacity, forms.ChoiceField)  # noqa: S101 - for the type alone
        capacity.choices = [*offered, (SOMEBODY, _("for somebody else, who sent it to us"))] if may_log else offered
        capacity.initial = offered[0][0] if offered else SOMEBODY
        if not may_log:
            del self.fields["said_by"]

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LIMITS.file:
            size, limit = -(-(file.size or 0) // MEGABYTE), LIMITS.file // MEGABYTE
            raise forms.ValidationError(Refused("too_big", size=size, limit=limit).message)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("capacity") == SOMEBODY and not (cleaned.get("said_by") or "").strip():
            self.add_error("said_by", _("Write whose file it is."))
        return cleaned

    def spoken(self) -> dict[str, Any]:
        """For whom: an organisation of the uploader's, themselves, or somebody else by the name that was written."""
        chosen = self.cleaned_data["capacity"]
        if chosen != SOMEBODY:
            return {"organisation": self.offered[chosen]}
        said_by = self.cleaned_data["said_by"].strip()
        known = Organisation.objects.filter(coalition=self.coalition, name__iexact=said_by).first()
        return {"organisation": known, "said_by": said_by}
