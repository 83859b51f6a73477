"""The rules of agreeing, a call, a position, and what came of a call."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.actions.agreement import (
    MAX_CALL_REASON_LENGTH,
    DecisionRuleFields,
    PositionContent,
    get_rules_fingerprint,
)
from jukwaa.drafting.models import Call, Clause, Position, Rules
from jukwaa.drafting.models.texts import MAX_OWN_NUMBER_LENGTH
from jukwaa.drafting.silence_procedure import get_available_stances

ONE_DAY = timedelta(days=1)
SEPARATELY_DECLARED_OUTCOMES = (Call.Outcome.RESTARTED, Call.Outcome.TO_MEETING)  # not among the outcomes of every call
CLOSING_DAY_REQUIRED_MESSAGE = _("Choose the last day to respond.")


def get_end_of_day(day: date) -> datetime:
    """The moment after this day, which the last of all days has not."""
    return timezone.make_aware(datetime.combine(min(day, date.max - ONE_DAY) + ONE_DAY, time()))


def build_text_field(label: Any, *, required: bool = False, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=MAX_CALL_REASON_LENGTH, widget=forms.Textarea({"rows": 4}), **kwargs
    )


def build_number_field(
    label: Any, help_text: Any = "", *, minimum: int = 1, max_value: int = 365
) -> forms.IntegerField:
    wrong = _("Enter a number from %(fewest)s to %(most)s.") % {"fewest": minimum, "most": max_value}
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=minimum, max_value=max_value, error_messages=errors
    )


class RulesForm(Form):
    """`seen` says which rules the writer had before them."""

    silence = forms.ChoiceField(
        label=_("How is silence counted?"),
        choices=Rules.Silence,
        widget=forms.RadioSelect,
        help_text=_("Applies to members that have not responded by the end. Silence never counts as support."),
    )
    days = forms.IntegerField(
        label=_("Length of a consensus call on a text, in days"),
        min_value=14,
        max_value=365,
        error_messages={
            "min_value": _("Enter 14 or more. A consensus call must last at least 14 days."),
            "required": _("Enter a number of days, 14 or more."),
            "invalid": _("Enter a number of days, 14 or more."),
        },
    )
    decision_days = build_number_field(
        _("Length of a silence procedure, in days"), _("The shortest period in which members can object."), minimum=3
    )
    objections = build_number_field(_("Number of objections that stop a decision"), max_value=1000)
    objections_from = forms.ChoiceField(
        label=_("How are objections counted?"), choices=Rules.From, widget=forms.RadioSelect
    )
    amendments_object = forms.BooleanField(label=_("A proposed amendment counts as an objection"), required=False)
    procedure_objections = build_number_field(
        _("How many objections to deciding in writing are needed to move the decision to a meeting?"), max_value=1000
    )
    awaiting = forms.ChoiceField(
        label=_("If members are still awaiting instructions at the end"),
        choices=Rules.Awaiting,
        widget=forms.RadioSelect,
        help_text=_("A member that is awaiting instructions is never counted as agreeing."),
    )
    extension_days = build_number_field(_("Length of an extension, in days"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def get_initial(rules: Rules) -> dict[str, Any]:
        shown = ("silence", "days", *DecisionRuleFields.__annotations__)
        return {name: getattr(rules, name) for name in shown} | {"seen": get_rules_fingerprint(rules)}


class CallClosingForm(ScreenedForm):
    """`token` makes a second press of the button harmless. `days` is the shortest time, if not that of texts."""

    closes_on = DayField(
        label=_("Last day to respond"),
        required=True,
        error_messages={"required": CLOSING_DAY_REQUIRED_MESSAGE, "invalid": CLOSING_DAY_REQUIRED_MESSAGE},
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, rules: Rules, is_decision: bool = False, **kwargs: Any) -> None:
        days = rules.decision_days if is_decision else rules.days
        first = timezone.localdate() + timedelta(days=days)
        kwargs["initial"] = {"token": uuid.uuid4(), "closes_on": first, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].help_text = _("At least %(days)s days from today.") % {"days": days}

    def get_action_arguments(self) -> dict[str, Any]:
        """What the action takes."""
        rest = {name: value for name, value in self.cleaned_data.items() if name not in {"closes_on", "screened"}}
        return {**rest, "closes_at": get_end_of_day(self.cleaned_data["closes_on"])}


class CallForm(CallClosingForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("although",)
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("although",)

    although = build_text_field(
        _("Reason for opening the call early"),
        help_text=_(
            "Only needed if an input has no response or a consultation is still open. We will show the reason on the "
            "consensus call page."
        ),
    )


class RestartCallForm(CallClosingForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason", "name")

    reason = build_text_field(
        _("What has changed, and which objection led to it"),
        required=True,
        error_messages={"required": _("Describe what has changed, in one sentence or more.")},
    )
    name = forms.CharField(
        label=_("Name of the new revision"),
        max_length=120,
        required=False,
        help_text=_(
            "If you have changed the text since the call opened, the current draft becomes a revision with this name."
        ),
    )


class PositionForm(ScreenedForm):
    """`seen` is the position that its writer had before them: a colleague may be faster."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)

    stance = forms.ChoiceField(
        label=pgettext_lazy("stance on a text", "Position"),
        choices=Position.Stance,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a position.")},
    )
    reason = build_text_field(
        _("Reason"),
        help_text=_(
            "Required for an objection or a reservation. Your reason will be published with the text, in your words."
        ),
    )
    clause = forms.CharField(
        label=_("Clause number"),
        required=False,
        max_length=MAX_OWN_NUMBER_LENGTH,
        widget=forms.TextInput({"inputmode": "decimal", "size": 6}),
        help_text=_("Leave this empty if your position is about the text as a whole."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.call = call
        super().__init__(*args, **kwargs)
        self.set_choices("stance", [(stance.value, stance.label) for stance in get_available_stances(call)])
        if call.text.is_decision:
            del self.fields["clause"]
            self.fields["reason"].help_text = _(
                "Required for an objection, an amendment or a reservation. Your reason will be published with the "
                "decision, in your words. For an amendment, enter the wording that you propose."
            )

    @staticmethod
    def get_initial(now: Position | None, earlier: Position | None) -> dict[str, Any]:
        """What it says now; where it was asked again, what it said before."""
        shown = now or earlier
        if shown is None:
            return {"seen": 0}
        number = shown.clause.label if shown.clause else ""
        return {"stance": shown.stance, "reason": shown.reason, "clause": number, "seen": now.pk if now else 0}

    def clean_clause(self) -> Clause | None:
        typed = self.cleaned_data["clause"]
        if not typed:
            return None
        found = Clause.objects.filter(text=self.call.text_id).with_label(typed).first()
        if found is None:
            raise forms.ValidationError(
                _("Enter the number of a clause in this text. The number is shown beside each clause.")
            )
        return found

    def build_position_content(self) -> PositionContent:
        said = self.cleaned_data
        return PositionContent(said["stance"], said["reason"], said.get("clause"))


class CallOutcomeForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[choice for choice in Call.Outcome.choices if choice[0] not in SEPARATELY_DECLARED_OUTCOMES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an outcome.")},
    )
    reason = build_text_field(
        _("Reason"),
        required=True,
        help_text=_("Explain how you weighed the positions. Everyone who can read the text can read your explanation."),
        error_messages={"required": _("Enter a reason, so that everyone can understand the outcome.")},
    )

    def __init__(self, *args: Any, call: Call, allowed_outcomes: Collection[str] = (), **kwargs: Any) -> None:
        """`allowed_outcomes` are the outcomes of a decision that its rules and positions allow."""
        super().__init__(*args, **kwargs)
        if call.text.is_decision:
            outcomes = [outcome for outcome in Call.Outcome if outcome in allowed_outcomes]
            self.set_choices("outcome", [(outcome.value, call.get_outcome_label(outcome)) for outcome in outcomes])
            self.fields["outcome"].label = _("Outcome")
            self.fields["outcome"].help_text = _("The list shows only outcomes that the rules and the positions allow.")
            self.fields["reason"].help_text = _(
                "Explain how you weighed the positions. Everyone who can read the decision can read your explanation."
            )


class CallHoldForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)

    reason = build_text_field(
        _("Where was the objection raised?"),
        required=True,
        help_text=_("Everyone who can read the decision can read your answer. Do not name anyone."),
        error_messages={"required": _("Enter where the objection was raised.")},
    )


class ClarifyHoldForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("clarification",)

    clarification = build_text_field(
        _("What was clarified?"),
        required=True,
        help_text=_(
            "Everyone who can read the decision can read the answer you record. If the member wants to object, ask "
            "them to respond on the decision page themselves."
        ),
        error_messages={"required": _("Describe what was clarified, and with whom.")},
    )
