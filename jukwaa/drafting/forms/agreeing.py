"""The rules of agreeing, a call, a position, and what came of a call."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.actions.agreeing import MOST, Stand, rules_seen
from jukwaa.drafting.models import Call, Clause, Position, Rules

A_DAY = timedelta(days=1)
WHEN = _("Choose the last day on which a position may be taken.")


def end_of(day: date) -> datetime:
    """The moment after this day, which the last of all days has not."""
    return timezone.make_aware(datetime.combine(min(day, date.max - A_DAY) + A_DAY, time()))


def words(label: Any, *, required: bool = False, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=MOST, widget=forms.Textarea({"rows": 4}), **kwargs
    )


class RulesForm(Form):
    """`seen` says which rules the writer had before them."""

    silence = forms.ChoiceField(
        label=_("Silence counts"),
        choices=Rules.Silence,
        widget=forms.RadioSelect,
        help_text=_("What a member organisation is taken to say that said nothing until a call closed."),
    )
    days = forms.IntegerField(
        label=_("A call lasts at least, in days"),
        min_value=14,
        max_value=365,
        error_messages={
            "min_value": _("A call lasts two weeks at least: write 14 or more."),
            "required": _("Write a number of days, 14 or more."),
            "invalid": _("Write a number of days, 14 or more."),
        },
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(rules: Rules) -> dict[str, Any]:
        return {"silence": rules.silence, "days": rules.days, "seen": rules_seen(rules)}


class _Closing(ScreenedForm):
    """`token` makes a second press of the button harmless."""

    closes_on = DayField(label=_("Until the end of"), required=True, error_messages={"required": WHEN, "invalid": WHEN})
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        first = timezone.localdate() + timedelta(days=rules.days)
        kwargs["initial"] = {"token": uuid.uuid4(), "closes_on": first, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].help_text = _("%(days)s days or more from today.") % {"days": rules.days}

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        rest = {name: value for name, value in self.cleaned_data.items() if name not in {"closes_on", "screened"}}
        return {**rest, "closes_at": end_of(self.cleaned_data["closes_on"])}


class CallForm(_Closing):
    SCREENED: ClassVar[tuple[str, ...]] = ("although",)

    although = words(
        _("Why it is called although inputs wait for an answer"),
        help_text=_("Only if some do. It stands on the page of the call."),
    )


class RestartForm(_Closing):
    SCREENED: ClassVar[tuple[str, ...]] = ("reason", "name")

    reason = words(
        _("What has changed, and which objection led to it"),
        required=True,
        error_messages={"required": _("Say in a sentence what changed.")},
    )
    name = forms.CharField(
        label=_("Name of the new revision"),
        max_length=120,
        required=False,
        help_text=_("If none was named yet since the call began, the text as it reads now gets this name."),
    )


class PositionForm(ScreenedForm):
    """`seen` is the position that its writer had before them: a colleague may be faster."""

    SCREENED: ClassVar[tuple[str, ...]] = ("reason",)
    SOMETIMES: ClassVar[tuple[str, ...]] = ("reason",)

    stance = forms.ChoiceField(
        label=_("Your organisation"),
        choices=Position.Stance,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )
    reason = words(
        _("Why"),
        help_text=_(
            "For an objection and for a reservation it is needed: it is printed with the text, in these words."
        ),
    )
    clause = forms.IntegerField(
        label=_("The number of the clause that it is about"),
        required=False,
        min_value=1,
        help_text=_("Leave it empty if it is about the text as a whole."),
        error_messages={"invalid": _("Write the number that stands beside the clause, such as 12.")},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.call = call
        super().__init__(*args, **kwargs)

    @staticmethod
    def initial_of(now: Position | None, earlier: Position | None) -> dict[str, Any]:
        """What it says now; where it was asked again, what it said before."""
        shown = now or earlier
        if shown is None:
            return {"seen": 0}
        number = shown.clause.number if shown.clause else None
        return {"stance": shown.stance, "reason": shown.reason, "clause": number, "seen": now.pk if now else 0}

    def clean_clause(self) -> Clause | None:
        number = self.cleaned_data["clause"]
        if number is None:
            return None
        found = Clause.objects.filter(text=self.call.text_id, number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no clause with this number. It stands beside each clause."))
        return found

    def stand(self) -> Stand:
        said = self.cleaned_data
        return Stand(said["stance"], said["reason"], said["clause"])


class OutcomeForm(ScreenedForm):
    SCREENED: ClassVar[tuple[str, ...]] = ("reason",)

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[choice for choice in Call.Outcome.choices if choice[0] != Call.Outcome.RESTARTED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )
    reason = words(
        _("Why"),
        required=True,
        help_text=_("How you weighed what was said. Everybody who may read the text reads it."),
        error_messages={"required": _("Give the reason, so that everybody can follow it.")},
    )
