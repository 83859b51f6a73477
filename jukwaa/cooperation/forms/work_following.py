"""Reports, figures and updates."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.actions.work_following import Told
from jukwaa.cooperation.forms.work import box
from jukwaa.cooperation.forms.work_rows import number
from jukwaa.cooperation.models import Deliverable, Party
from jukwaa.core.numbers import number_in_address
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.records.models import Record, State


class ReportForm(ScreenedForm):
    SCREENED: ClassVar[tuple[str, ...]] = ("words",)

    state = forms.ChoiceField(
        label=_("How it stands"),
        choices=[choice for choice in Deliverable.State.choices if choice[0] != Deliverable.State.PROMISED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it stands.")},
    )
    words = box(
        _("What there is to say"),
        required=False,
        help_text=_("For a delay, and for what is dropped, the reason is needed. What was said before stays readable."),
    )
    day = DayField(label=_("The day"), help_text=_("When it was delivered, or by when you expect it now."))
    evidence = forms.CharField(
        label=_("What shows it"),
        required=False,
        max_length=300,
        help_text=_("The address, or the number, of its page here: of an item of the library, a document, a decision."),
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
        found: Record | None = readable.filter(pk=number_in_address(written)).first()
        if found is None:
            raise forms.ValidationError(now("There is no page of this coalition behind it that you can read."))
        found.coalition = self.coalition
        return found

    def told(self) -> Told:
        said = self.cleaned_data
        return Told(said["state"], said["words"], said["day"], said["evidence"])


class FigureForm(ScreenedForm):
    SCREENED: ClassVar[tuple[str, ...]] = ("source",)

    on = DayField(label=_("On"), required=True, error_messages={"required": _("Say of which day it is.")})
    value = number(_("Figure"))
    source = forms.CharField(
        label=_("Where this is from"),
        max_length=300,
        help_text=_("So that others can look it up: a count, a report, a survey."),
        error_messages={"required": _("Say where it is from: a figure without that is worth little.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"on": timezone.localdate()}})
        self.fields["value"].required = True
        self.fields["value"].error_messages["required"] = str(_("Write a number, such as 120 or 12.5."))


class UpdateForm(ScreenedForm):
    SCREENED: ClassVar[tuple[str, ...]] = ("words",)

    party = forms.ChoiceField(label=_("You tell it for"), required=False)
    words = box(_("What happened"), rows=6, error_messages={"required": _("Write what happened.")})
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, own: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"token": uuid.uuid4()}})
        self.own = {str(party.pk): party for party in own}
        self.set_choices("party", [(key, party.capacity.name) for key, party in self.own.items()])
        if len(own) == 1:
            del self.fields["party"]

    def tells_for(self) -> Party:
        chosen = self.cleaned_data.get("party")
        return self.own[chosen] if chosen else next(iter(self.own.values()))
