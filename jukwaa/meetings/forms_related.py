"""Choosing the events and outreach plans that belong to a meeting."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.core.forms import Form
from jukwaa.records.models import Record


class RelatedRecordsForm(Form):
    records = forms.MultipleChoiceField(
        label=_("Events and outreach plans"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "Select the events and plans again. One of those that you selected is no longer available."
            )
        },
    )

    def __init__(self, *args: Any, candidate_records: Iterable[Record], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(record.pk): record for record in candidate_records}
        titles = {"event": gettext("Events"), "outreach-plan": gettext("Outreach plans")}
        groups = [
            (title, [(pk, record.title) for pk, record in self.candidates.items() if record.kind == kind])
            for kind, title in titles.items()
        ]
        self.set_choices("records", [group for group in groups if group[1]])

    def get_records(self) -> list[Record]:
        return [self.candidates[pk] for pk in self.cleaned_data["records"]]
