"""A new call from an earlier one: what changes from year to year is asked, the rest is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.rule_checks import ParameterKind, Rule
from jukwaa.proposals.call import (
    NOT_STATED,
    UNITS_BY_FIELD_TYPE,
    CallDeadline,
    CallField,
    CallForProposals,
    DateKind,
    FieldRequirement,
    FieldType,
    Milestone,
    ReviewCriterion,
    parse_time_zone,
)
from jukwaa.proposals.call_labels import FIELD_TYPE_LABELS, REQUIREMENT_LABELS, UNIT_LABELS
from jukwaa.proposals.call_parser import build_call_slug
from jukwaa.proposals.checks import CALL_RULE_CHECKS
from jukwaa.proposals.forms.call_rules import NEW_RULE_COUNT, FormRow, NewRulesForm

CALL_SOURCE = "call"
NEW_FIELD_COUNT = 3
MAX_LIMIT_NUMBER = 1_000_000


def _build_lines_field(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": 5})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=20_000, widget=widget)


def _build_number_field(label: str, initial: int | None, *, required: bool = False) -> forms.IntegerField:
    sentence = gettext_lazy("Enter a limit of 1 or more. If there is no limit, leave this field empty.")
    errors = {"min_value": sentence}
    return forms.IntegerField(
        label=label, required=required, min_value=1, max_value=MAX_LIMIT_NUMBER, initial=initial, error_messages=errors
    )


class CallForm(NewRulesForm):
    title = forms.CharField(label=gettext_lazy("Title of the call for proposals"), max_length=250)
    edition = forms.CharField(
        label=gettext_lazy("Edition"), max_length=50, help_text=gettext_lazy("For example: 2027.")
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2200)
    page = forms.URLField(
        label=gettext_lazy("Web address of the call for proposals"), assume_scheme="https", max_length=500,
        help_text=gettext_lazy("The page where the forum published the call for proposals."),
        error_messages={"required": gettext_lazy("Enter the web address of the call for proposals.")},
    )  # fmt: skip
    opens = DayField(label=gettext_lazy("Opens on"))
    day = DayField(label=gettext_lazy("Deadline: date"))
    hour = forms.TimeField(
        label=gettext_lazy("Deadline: time"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("If the time is not stated, leave this field empty."),
    )  # fmt: skip
    zone = forms.CharField(
        label=gettext_lazy("Deadline: time zone"), required=False, max_length=60,
        help_text=gettext_lazy("For example: UTC, UTC-11 or Africa/Nairobi. If the time zone is not stated, leave"
                               " this field empty."),
    )  # fmt: skip
    confirmation = DayField(label=gettext_lazy("Speakers must be confirmed by"))
    freeze = DayField(label=gettext_lazy("No changes to the proposal after"))
    themes = _build_lines_field(gettext_lazy("Themes"), gettext_lazy("Enter 1 item on each line."))
    criteria = _build_lines_field(gettext_lazy("Criteria"), gettext_lazy("Enter 1 item on each line."))
    unknown = _build_lines_field(
        gettext_lazy("What is not known"),
        gettext_lazy("Enter 1 unknown detail on each line. We will show them on the page of the call for proposals."),
    )

    ABOUT_FIELDS = ("title", "edition", "year", "page")
    DATE_FIELDS = ("opens", "day", "hour", "zone", "confirmation", "freeze")
    CONTENT_FIELDS = ("themes", "criteria", "unknown")

    def __init__(self, data: Any = None, *, before: CallForProposals) -> None:
        super().__init__(data, initial=_get_initial_call_values(before))
        self.before = before
        for number, field in enumerate(before.fields):
            self._add_field_rows(number, field)
        for number in range(len(before.fields), len(before.fields) + NEW_FIELD_COUNT):
            self._add_field_rows(number, None)
        for number, rule in enumerate(before.rules):
            self._add_rule_row(number, rule)
        self.add_new_rules(before)

    def _add_field_rows(self, number: int, field: CallField | None) -> None:
        units = UNITS_BY_FIELD_TYPE[field.type] if field else tuple(UNIT_LABELS)
        parts: dict[str, forms.Field] = {}
        if field is not None:
            parts["keep"] = forms.BooleanField(label=_("Keep this field in the new form"), required=False, initial=True)
        parts["label"] = forms.CharField(
            label=_("Label of the field"),
            required=field is not None,
            max_length=500,
            initial=field.label if field else "",
        )
        if field is None:
            parts["type"] = forms.ChoiceField(
                label=_("Type of the field"), choices=FIELD_TYPE_LABELS.items(), initial=FieldType.TEXT
            )
        mark = field.mark if field else FieldRequirement.NOT_KNOWN
        parts["mark"] = forms.ChoiceField(
            label=pgettext_lazy("field", "Required"), choices=REQUIREMENT_LABELS.items(), initial=mark
        )
        if units:
            parts["min"] = _build_number_field(_("Minimum"), field.min if field else None)
            parts["max"] = _build_number_field(_("Maximum"), field.max if field else None)
            names = [(unit, UNIT_LABELS[unit]) for unit in units]
            initial = (field.unit if field else "") or units[0]
            parts["unit"] = forms.ChoiceField(
                label=_("Unit of the limit"), choices=names, initial=initial, required=False
            )
        self.fields |= {f"field_{number}_{key}": part for key, part in parts.items()}

    def _add_rule_row(self, number: int, rule: Rule) -> None:
        self.fields[f"rule_{number}_keep"] = forms.BooleanField(label=rule.text, required=False, initial=True)
        for key, label in (("min", _("Minimum")), ("max", _("Maximum"))):
            if key in rule.parameters:
                part = _build_number_field(label, rule.parameters[key], required=True)
                self.fields[f"rule_{number}_{key}"] = part

    def about(self) -> list[BoundField]:
        return [self[name] for name in self.ABOUT_FIELDS]

    def dates(self) -> list[BoundField]:
        return [self[name] for name in self.DATE_FIELDS]

    def content(self) -> list[BoundField]:
        return [self[name] for name in self.CONTENT_FIELDS]

    def field_rows(self) -> list[FormRow]:
        titles = [field.label for field in self.before.fields]
        titles += [_("New field %(number)s") % {"number": number + 1} for number in range(NEW_FIELD_COUNT)]
        return [self.get_row(f"field_{number}_", title) for number, title in enumerate(titles)]

    def rule_rows(self) -> list[FormRow]:
        return [self.get_row(f"rule_{number}_", rule.text) for number, rule in enumerate(self.before.rules)]

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"]).strip()
        try:
            if zone and zone != NOT_STATED:
                parse_time_zone(zone)
        except (ValueError, LookupError, OSError) as error:
            sentence = _("There is no time zone “%(zone)s”. Enter one such as UTC, UTC-11 or Africa/Nairobi.")
            raise forms.ValidationError(sentence % {"zone": zone}) from error
        return zone or NOT_STATED

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("hour") or cleaned.get("zone", NOT_STATED) != NOT_STATED) and not cleaned.get("day"):
            self.add_error("day", _("Enter the date of the deadline, or leave its time and time zone empty."))
        for prefix in self._list_row_prefixes():
            least, most = cleaned.get(f"{prefix}min"), cleaned.get(f"{prefix}max")
            if least and most and least > most:
                self.add_error(f"{prefix}min", _("Enter a minimum that is less than or equal to the maximum."))
        self._check_call_rules(cleaned)
        self.check_new_rules()
        return cleaned

    def _check_call_rules(self, cleaned: dict[str, Any]) -> None:
        """A rule about a field is kept with its field."""
        fields = {field.name: (number, field.label) for number, field in enumerate(self.before.fields)}
        for at, rule in enumerate(self.before.rules):
            for name in sorted(_find_required_fields(rule)):
                number, label = fields[name]
                if cleaned.get(f"rule_{at}_keep") and not cleaned.get(f"field_{number}_keep"):
                    sentence = _("This rule needs the field “%(field)s”. Keep the field, or remove the rule.")
                    self.add_error(f"rule_{at}_keep", sentence % {"field": label})

    def _list_row_prefixes(self) -> list[str]:
        fields = range(len(self.before.fields) + NEW_FIELD_COUNT)
        rules = [*(f"rule_{n}_" for n in range(len(self.before.rules)))]
        return [*(f"field_{n}_" for n in fields), *rules, *(f"new_rule_{n}_" for n in range(NEW_RULE_COUNT))]

    def build_call(self) -> CallForProposals:
        """Return the call that was entered. Each fact has the page of the call as its source."""
        given, before = self.cleaned_data, self.before
        fields = self._build_call_fields()
        names = {field.name for field in fields}
        return replace(
            before,
            name=_build_call_name(before, given["edition"]),
            title=given["title"], edition=given["edition"], year=given["year"], summary="", follows=before.name,
            sources={CALL_SOURCE: given["page"]},
            deadlines=self._build_call_deadlines(),
            dates=tuple(self._build_call_dates()),
            categories_source=CALL_SOURCE if before.categories else "",
            themes=_split_text_lines(given["themes"]), themes_source=CALL_SOURCE if given["themes"].strip() else "",
            fields=fields,
            rules=tuple(_drop_missing_field(rule, names) for rule in self._build_call_rules()),
            criteria=tuple(self._find_criterion_by_title(title) for title in _split_text_lines(given["criteria"])),
            new=(), notes=(), unknown=_split_text_lines(given["unknown"]),
        )  # fmt: skip

    def _build_call_deadlines(self) -> tuple[CallDeadline, ...]:
        given, hour = self.cleaned_data, self.cleaned_data["hour"]
        if not given["day"]:
            return ()
        return (CallDeadline(given["day"], hour or None, given["zone"], CALL_SOURCE, timezone.localdate()),)

    def _build_call_dates(self) -> list[Milestone]:
        kinds = (("opens", DateKind.OPENS), ("confirmation", DateKind.CONFIRMATION), ("freeze", DateKind.FREEZE))
        days: list[tuple[date | None, DateKind]] = [(self.cleaned_data[name], kind) for name, kind in kinds]
        return [Milestone(kind, day, source=CALL_SOURCE) for day, kind in days if day]

    def _build_call_fields(self) -> tuple[CallField, ...]:
        kept = [self._build_changed_field(n, field) for n, field in enumerate(self.before.fields)]
        found = [field for field in kept if field is not None]
        first = len(self.before.fields)
        for number in range(first, first + NEW_FIELD_COUNT):
            if label := self.cleaned_data[f"field_{number}_label"].strip():
                taken = {field.name for field in self.before.fields} | {field.name for field in found}
                found.append(self._build_new_field(number, label, taken))
        return tuple(found)

    def _build_changed_field(self, number: int, field: CallField) -> CallField | None:
        given = {key: self.cleaned_data.get(f"field_{number}_{key}") for key in ("keep", "label", "mark", "min", "max")}
        if not given["keep"]:
            return None
        has_limit = bool(given["min"] or given["max"])
        unit = str(self.cleaned_data.get(f"field_{number}_unit") or "") if has_limit else ""
        mark, unit = (
            FieldRequirement(str(given["mark"])),
            unit or (next(iter(UNITS_BY_FIELD_TYPE[field.type]), "") if has_limit else ""),
        )
        return replace(
            field, label=str(given["label"]), mark=mark, min=given["min"], max=given["max"], unit=unit,
            is_new=False, source=CALL_SOURCE,
        )  # fmt: skip

    def _build_new_field(self, number: int, label: str, taken: set[str]) -> CallField:
        given = {key: self.cleaned_data.get(f"field_{number}_{key}") for key in ("type", "mark", "min", "max", "unit")}
        kind = FieldType(str(given["type"]))
        name = build_call_slug(label)[:60].strip("-") or "field"
        name = name if name not in taken else f"{name}-{number}"
        role = "speaker" if kind is FieldType.PEOPLE else ""
        found = CallField(
            name, label, kind, mark=FieldRequirement(str(given["mark"])), is_new=True, role=role, source=CALL_SOURCE
        )
        if given["unit"] in UNITS_BY_FIELD_TYPE[kind] and (given["min"] or given["max"]):
            return replace(found, min=given["min"], max=given["max"], unit=str(given["unit"]))
        return found

    def _build_call_rules(self) -> list[Rule]:
        found = []
        for number, rule in enumerate(self.before.rules):
            if self.cleaned_data.get(f"rule_{number}_keep"):
                numbers = {
                    key: self.cleaned_data[f"rule_{number}_{key}"] for key in ("min", "max") if key in rule.parameters
                }
                found.append(replace(rule, parameters={**rule.parameters, **numbers}, source=CALL_SOURCE))
        return self.add_entered_rules(found, CALL_SOURCE)

    def _find_criterion_by_title(self, title: str) -> ReviewCriterion:
        known = next((each for each in self.before.criteria if each.title == title), ReviewCriterion(title))
        return replace(known, source=CALL_SOURCE)


def _build_call_name(before: CallForProposals, edition: str) -> str:
    name = build_call_slug(before.forum, edition, before.kind)
    return name if any(letter.isalpha() for letter in name) else build_call_slug(before.name, edition)


def _find_required_fields(rule: Rule) -> set[str]:
    """Return the names of the fields without which a rule cannot be checked."""
    check = CALL_RULE_CHECKS[rule.check]
    needed = (
        key for key, kind in check.parameters.items() if kind is ParameterKind.FIELD and key not in check.optional
    )
    return {str(rule.parameters[key]) for key in needed}


def _drop_missing_field(rule: Rule, names: set[str]) -> Rule:
    """Remove the link to a field that is no longer in the form, from a rule that can do without it."""
    kept = {key: value for key, value in rule.parameters.items() if key != "field" or value in names}
    return replace(rule, parameters=kept)


def _split_text_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _get_initial_call_values(before: CallForProposals) -> dict[str, Any]:
    """Return what the form begins with. Dates are asked anew."""
    edition = before.edition.replace(str(before.year), str(before.year + 1))
    return {
        "title": before.title.replace(before.edition, edition) if edition != before.edition else before.title,
        "edition": edition,
        "year": before.year + 1,
        "themes": "\n".join(before.themes),
        "criteria": "\n".join(each.title for each in before.criteria),
        "unknown": "\n".join(before.unknown),
    }
