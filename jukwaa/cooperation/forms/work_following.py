"""Reports, figures and updates."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.actions.work_following import ReportData
from jukwaa.cooperation.forms.work import build_text_area_field
from jukwaa.cooperation.forms.work_rows import build_number_field
from jukwaa.cooperation.models import Deliverable, Party
from jukwaa.core.row_numbers import find_row_number_in_address
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.records.models import Record, State


class DeliverableReportForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("words",)
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("words", "day")

    state = forms.ChoiceField(
        label=_("Status"),
        choices=[choice for choice in Deliverable.State.choices if choice[0] != Deliverable.State.PROMISED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a status.")},
    )
    words = build_text_area_field(
        _("Comment"),
        required=False,
        help_text=_("Give the reason if the deliverable is delayed or dropped. Earlier reports stay visible."),
    )
    day = DayField(label=_("Date"), help_text=_("The delivery date, or the new expected date."))
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=300,
        help_text=_("The web address of a page on this site, or the number of a library item, document or decision."),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, viewer: Viewer, coalition: Coalition, **kwargs: Any) -> None:
        self.viewer, self.coalition = viewer, coalition
        super().__init__(*args, **kwargs | {"initial": {"token": uuid.uuid4(), **(kwargs.get("initial") or {})}})

    def clean_evidence(self) -> Record | None:
        """A record that its giver may read, by the number in its address."""
        written = self.cleaned_data["evidence"].strip()
        if not written:
            return None
        readable = Record.objects.visible_to(self.viewer).of(self.coalition).filter(state=State.PUBLISHED)
        found: Record | None = readable.filter(pk=find_row_number_in_address(written)).first()
        if found is None:
            raise forms.ValidationError(gettext("Enter the address of a page in this coalition that you can read."))
        found.coalition = self.coalition
        return found

    def build_report_data(self) -> ReportData:
        said = self.cleaned_data
        return ReportData(said["state"], said["words"], said["day"], said["evidence"])


class FigureForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("source",)

    on = DayField(label=_("Date"), required=True, error_messages={"required": _("Enter the date of the figure.")})
    value = build_number_field(_("Figure"))
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("For example, a count, a report or a survey, so that others can check the figure."),
        error_messages={"required": _("Enter the source of the figure.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"on": timezone.localdate()}})
        self.fields["value"].required = True
        self.fields["value"].error_messages["required"] = str(_("Enter a number, such as 120 or 12.5."))


class WorkUpdateForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("words",)

    party = forms.ChoiceField(label=_("Which organisation do you represent?"), required=False)
    words = build_text_area_field(
        _("What happened"), line_count=6, error_messages={"required": _("Describe what happened.")}
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, own_parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"token": uuid.uuid4()}})
        self.own = {str(party.pk): party for party in own_parties}
        self.set_choices("party", [(key, party.capacity.name) for key, party in self.own.items()])
        if len(own_parties) == 1:
            del self.fields["party"]

    def get_party(self) -> Party:
        chosen = self.cleaned_data.get("party")
        return self.own[chosen] if chosen else next(iter(self.own.values()))
