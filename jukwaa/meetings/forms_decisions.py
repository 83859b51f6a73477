"""Forms of the register of decisions."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.forms import Form
from jukwaa.meetings.forms import DIRECTORY_WIDGET_ATTRS, MeetingRelatedForm
from jukwaa.meetings.models import Decision, Dissent, Entry


class DecisionForm(Form):
    """`others` are the decisions that may have replaced this one."""

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("superseded_by",)

    method = forms.ChoiceField(
        label=_("How was the decision made?"),
        required=False,
        choices=[("", _("Not recorded")), *Decision.Method.choices],
    )
    votes_for = forms.IntegerField(label=_("Votes in favour"), required=False, min_value=0, max_value=100_000)
    votes_against = forms.IntegerField(label=_("Votes against"), required=False, min_value=0, max_value=100_000)
    abstentions = forms.IntegerField(
        label=_("Abstentions"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_("Enter numbers only if a vote was held."),
    )
    status = forms.ChoiceField(label=_("Status"), choices=Decision.Status)
    superseded_by = forms.ModelChoiceField(
        Entry.objects.none(),
        label=_("Superseded by"),
        required=False,
        empty_label=_("Not superseded"),
        help_text=_(
            "Choose a decision only if the status is “Superseded”. The list has the latest 100 "
            "decisions that are in force or were made later than this one."
        ),
    )
    ended_on = DayField(
        label=_("Last day in force"),
        help_text=_("Leave this empty to use today's date. A decision in force has no last day."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, possible_successors: QuerySet[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["superseded_by"].queryset = possible_successors  # type: ignore[attr-defined]  # a ModelChoiceField

    @staticmethod
    def get_initial(decision: Decision | None) -> dict[str, Any]:
        shown = decision or Decision(version=0)
        return {name: getattr(shown, name) for name in (*Decision.FIELDS, "version")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        votes = [cleaned.get(name) for name in ("votes_for", "votes_against", "abstentions")]
        if cleaned.get("method") != Decision.Method.VOTE and any(vote is not None for vote in votes):
            self.add_error("method", _("Choose “Vote”, or remove the numbers of votes."))
        if cleaned.get("superseded_by") and cleaned.get("status") != Decision.Status.SUPERSEDED:
            self.add_error("status", _("Choose “Superseded”, or remove the decision that superseded this one."))
        return cleaned


class DissentForm(MeetingRelatedForm):
    SCREENED_FIELDS = PUBLIC_FIELDS = ("statement",)

    dissenter = forms.CharField(
        label=_("Organisation or person"), max_length=250, widget=forms.TextInput(DIRECTORY_WIDGET_ATTRS)
    )
    kind = forms.ChoiceField(
        label=_("What position did this organisation or person take?"), choices=Dissent.Kind, widget=forms.RadioSelect
    )
    statement = forms.CharField(
        label=_("Reason, in their own words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )
