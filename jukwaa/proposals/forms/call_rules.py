"""New rules in the form of a call: each is a check, chosen by its label, with what that check needs."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jukwaa.core.forms import Form
from jukwaa.core.rule_checks import ParameterKind, Rule, RuleLevel
from jukwaa.proposals.call import CallForProposals
from jukwaa.proposals.call_labels import CALL_CHECK_LABELS, PARTICIPANT_ROLE_LABELS, RULE_STAGE_LABELS
from jukwaa.proposals.call_parser import build_call_slug
from jukwaa.proposals.checks import CALL_RULE_CHECKS_BY_NAME

NEW_RULE_COUNT = 3
MAX_PARAMETER_NUMBER = 1_000_000
RULE_LEVEL_CHOICES = [
    (RuleLevel.MUST, pgettext_lazy("rule", "Must be met")),
    (RuleLevel.LIKED, pgettext_lazy("rule", "Recommended")),
]
# In the form, the roles of a check are chosen in one field, whether it takes one of them or several.
FORM_FIELD_BY_PARAMETER_KIND = {ParameterKind.ROLE: "roles", ParameterKind.ROLES: "roles", ParameterKind.FIELD: "field"}
MISSING_VALUE_ERRORS = {
    "roles": gettext_lazy("Choose the role that this rule is about."),
    "field": gettext_lazy("Choose the field that this rule is about."),
    "min": gettext_lazy("Enter a minimum."),
    "max": gettext_lazy("Enter a maximum."),
}


def build_rule_fields(previous_call: CallForProposals) -> dict[str, forms.Field]:
    """Return the parts of the form for one new rule."""
    fields = [("", _("No field")), *((field.name, field.label) for field in previous_call.fields)]
    return {
        "check": forms.ChoiceField(
            label=_("What does this rule check?"),
            required=False,
            choices=[("", _("No rule")), *CALL_CHECK_LABELS.items()],
        ),
        "text": forms.CharField(
            label=_("Wording of the rule in the call for proposals"),
            required=False,
            max_length=1000,
            widget=forms.Textarea({"rows": 2}),
        ),
        "level": forms.ChoiceField(
            label=_("How binding is this rule?"), choices=RULE_LEVEL_CHOICES, initial=RuleLevel.MUST
        ),
        "stage": forms.ChoiceField(
            label=_("When is this rule checked?"), choices=RULE_STAGE_LABELS.items(), initial="not stated"
        ),
        "min": _build_rule_number_field(_("Minimum")),
        "max": _build_rule_number_field(_("Maximum")),
        "roles": forms.MultipleChoiceField(
            label=_("Which roles is this rule about?"),
            required=False,
            choices=PARTICIPANT_ROLE_LABELS.items(),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Choose roles only for rules about people."),
        ),
        "field": forms.ChoiceField(label=_("Form field"), required=False, choices=fields),
    }


def _build_rule_number_field(field_label: str) -> forms.IntegerField:
    return forms.IntegerField(label=field_label, required=False, min_value=1, max_value=MAX_PARAMETER_NUMBER)


def find_rule_problems(form_values: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong with one new rule, as sentences by the parts of the form. `given` is what was entered."""
    if not form_values.get("check"):
        return (
            {"check": _("Choose what this rule checks, or delete the wording of the rule.")}
            if form_values.get("text")
            else {}
        )
    check = CALL_RULE_CHECKS_BY_NAME[form_values["check"]]
    problems = (
        {}
        if str(form_values.get("text") or "").strip()
        else {"text": _("Enter the wording of the rule in the call for proposals.")}
    )
    for name, kind in check.parameters.items():
        part = FORM_FIELD_BY_PARAMETER_KIND.get(kind, name)
        if name not in check.optional and not form_values.get(part):
            problems[part] = str(MISSING_VALUE_ERRORS[part])
    if check.one_of and not any(form_values.get(name) for name in check.one_of):
        problems["min"] = _("Enter a minimum, a maximum, or both.")
    if ParameterKind.ROLE in check.parameters.values() and len(form_values.get("roles") or ()) > 1:
        problems["roles"] = _("Choose only one role for this rule.")
    return problems


def build_rule_from_form(form_values: dict[str, Any], used_names: set[str], source_name: str) -> Rule:
    """Return the rule that was entered. `taken` are the names of the rules that are there already."""
    check, parameters = CALL_RULE_CHECKS_BY_NAME[form_values["check"]], {}
    for name, kind in check.parameters.items():
        value = form_values.get(FORM_FIELD_BY_PARAMETER_KIND.get(kind, name))
        if kind is ParameterKind.ROLE:
            value = value[0] if value else ""
        if value:
            parameters[name] = tuple(value) if kind is ParameterKind.ROLES else value
    name = _make_rule_name(str(form_values["text"]), used_names)
    parameters["rule"] = name
    text = " ".join(str(form_values["text"]).split())
    return Rule(
        name, form_values["check"], text, parameters, RuleLevel(form_values["level"]), form_values["stage"], source_name
    )


def _make_rule_name(text: str, used_names: set[str]) -> str:
    first = build_call_slug(text)[:40].strip("-") or "rule"
    return next(name for name in (first, *(f"{first}-{n}" for n in range(2, 1000))) if name not in used_names)


@dataclass(frozen=True)
class CallFormRow:
    """The parts of the form that are about one field or rule of the call."""

    title: str
    parts: list[BoundField]
    is_wrong: bool


class NewRulesForm(Form):
    """A form with room for some new rules, each of which may stay empty."""

    def add_new_rules(self, previous_call: CallForProposals) -> None:
        for number in range(NEW_RULE_COUNT):
            self.fields |= {f"new_rule_{number}_{key}": part for key, part in build_rule_fields(previous_call).items()}

    def new_rule_rows(self) -> list[CallFormRow]:
        titles = [_("New rule %(number)s") % {"number": number + 1} for number in range(NEW_RULE_COUNT)]
        return [self.get_row(f"new_rule_{number}_", title) for number, title in enumerate(titles)]

    def get_row(self, field_prefix: str, title: str) -> CallFormRow:
        names = [name for name in self.fields if name.startswith(field_prefix)]
        return CallFormRow(title, [self[name] for name in names], any(name in self.errors for name in names))

    def check_new_rules(self) -> None:
        for number, form_values in enumerate(self._list_entered_values()):
            for part, sentence in find_rule_problems(form_values).items():
                name = f"new_rule_{number}_{part}"
                if name not in self.errors:
                    self.add_error(name, sentence)

    def add_entered_rules(self, call_rules: list[Rule], source_name: str) -> list[Rule]:
        """Return these rules and the new ones, whose names differ from theirs."""
        found = list(call_rules)
        for form_values in self._list_entered_values():
            if form_values["check"]:
                found.append(build_rule_from_form(form_values, {rule.name for rule in found}, source_name))
        return found

    def _list_entered_values(self) -> list[dict[str, Any]]:
        parts = [name.removeprefix("new_rule_0_") for name in self.fields if name.startswith("new_rule_0_")]
        return [
            {part: self.cleaned_data.get(f"new_rule_{number}_{part}") for part in parts}
            for number in range(NEW_RULE_COUNT)
        ]
