"""The form of a key finding: what was learnt, and the records of the year that it is based on."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.meetings.findings import FindingSourceGroup
from jukwaa.meetings.models import KeyFinding
from jukwaa.records.models import Label, Record


class KeyFindingForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    title = forms.CharField(
        label=_("Key finding"),
        max_length=250,
        help_text=_("Write one sentence that can be quoted on its own."),
        error_messages={"required": _("Enter the key finding.")},
    )
    summary = forms.CharField(
        label=_("Explanation"), required=False, max_length=5000, widget=forms.Textarea({"rows": 4})
    )
    sources = forms.MultipleChoiceField(
        label=_("Based on"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Select at least one record that the finding is based on."),
            "invalid_choice": _("Select the records again. One of those that you selected is no longer available."),
        },
    )
    label = forms.ChoiceField(
        label=_("Who can read the key finding after publication?"),
        choices=[(Label.CLEAR, _("Everyone")), (Label.GREEN, _("Members"))],
        initial=Label.CLEAR,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, source_groups: list[FindingSourceGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records: dict[str, Record] = {
            str(record.pk): record for group in source_groups for record in group.records
        }
        choices = [
            (str(group.title), [(str(record.pk), record.title) for record in group.records]) for group in source_groups
        ]
        self.set_choices("sources", choices)

    @classmethod
    def get_initial(cls, finding: KeyFinding, source_records: list[Record]) -> dict[str, Any]:
        initial = {name: getattr(finding, name) for name in ("title", "summary", "label", "version")}
        return initial | {"sources": [str(record.pk) for record in source_records]}

    def get_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "summary", "label")}

    def get_sources(self) -> list[Record]:
        return [self.records[number] for number in self.cleaned_data["sources"]]
