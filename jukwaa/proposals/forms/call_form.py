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
    LENGTH_UNITS_BY_FIELD_TYPE,
    NOT_STATED_TIME_ZONE,
    CallDateKind,
    CallDeadline,
    CallField,
    CallFieldRequirement,
    CallFieldType,
    CallForProposals,
    CallMilestone,
    ReviewCriterion,
    parse_time_zone,
)
from jukwaa.proposals.call_labels import FIELD_REQUIREMENT_LABELS, FIELD_TYPE_LABELS, LENGTH_UNIT_LABELS
from jukwaa.proposals.call_parser import build_call_slug
from jukwaa.proposals.checks import CALL_RULE_CHECKS_BY_NAME
from jukwaa.proposals.forms.call_rules import NEW_RULE_COUNT, CallFormRow, NewRulesForm

CALL_SOURCE_NAME = "call"
NEW_CALL_FIELD_COUNT = 3
MAX_LIMIT_NUMBER = 1_000_000


def _build_text_lines_field(field_label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": 5})
    return forms.CharField(label=field_label, help_text=help_text, required=False, max_length=20_000, widget=widget)


def _build_call_number_field(field_label: str, initial: int | None, *, is_required: bool = False) -> forms.IntegerField:
    sentence = gettext_lazy("Enter a limit of 1 or more. If there is no limit, leave this field empty.")
    errors = {"min_value": sentence}
    return forms.IntegerField(
        label=field_label,
        required=is_required,
        min_value=1,
        max_value=MAX_LIMIT_NUMBER,
        initial=initial,
        error_messages=errors,
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
    day = DayField(label=gettext_lazy("Deadline date"))
    hour = forms.TimeField(
        label=gettext_lazy("Deadline time"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("If the time is not stated, leave this field empty."),
    )  # fmt: skip
    zone = forms.CharField(
        label=gettext_lazy("Deadline time zone"), required=False, max_length=60,
        help_text=gettext_lazy("For example: UTC, UTC-11 or Africa/Nairobi. If the time zone is not stated, leave"
                               " this field empty."),
    )  # fmt: skip
    confirmation = DayField(label=gettext_lazy("Speakers must be confirmed by"))
    freeze = DayField(label=gettext_lazy("No changes to the proposal after"))
    themes = _build_text_lines_field(gettext_lazy("Themes"), gettext_lazy("Enter one item on each line."))
    criteria = _build_text_lines_field(gettext_lazy("Criteria"), gettext_lazy("Enter one item on each line."))
    unknown = _build_text_lines_field(
        gettext_lazy("What is not known"),
        gettext_lazy("Enter one unknown detail on each line. We will show these details with the call for proposals."),
    )

    ABOUT_FIELDS = ("title", "edition", "year", "page")
    DATE_FIELDS = ("opens", "day", "hour", "zone", "confirmation", "freeze")
    CONTENT_FIELDS = ("themes", "criteria", "unknown")

    def __init__(self, form_data: Any = None, *, previous_call: CallForProposals) -> None:
        super().__init__(form_data, initial=_get_initial_call_values(previous_call))
        self.before = previous_call
        for number, field in enumerate(previous_call.fields):
            self._add_field_rows(number, field)
        for number in range(len(previous_call.fields), len(previous_call.fields) + NEW_CALL_FIELD_COUNT):
            self._add_field_rows(number, None)
        for number, rule in enumerate(previous_call.rules):
            self._add_rule_row(number, rule)
        self.add_new_rules(previous_call)

    def _add_field_rows(self, row_number: int, call_field: CallField | None) -> None:
        units = LENGTH_UNITS_BY_FIELD_TYPE[call_field.type] if call_field else tuple(LENGTH_UNIT_LABELS)
        parts: dict[str, forms.Field] = {}
        if call_field is not None:
            parts["keep"] = forms.BooleanField(label=_("Keep this field in the new form"), required=False, initial=True)
        parts["label"] = forms.CharField(
            label=_("Field label"),
            required=call_field is not None,
            max_length=500,
            initial=call_field.label if call_field else "",
        )
        if call_field is None:
            parts["type"] = forms.ChoiceField(
                label=_("Field type"), choices=FIELD_TYPE_LABELS.items(), initial=CallFieldType.TEXT
            )
        mark = call_field.mark if call_field else CallFieldRequirement.NOT_KNOWN
        parts["mark"] = forms.ChoiceField(
            label=pgettext_lazy("field", "Required"), choices=FIELD_REQUIREMENT_LABELS.items(), initial=mark
        )
        if units:
            parts["min"] = _build_call_number_field(_("Minimum"), call_field.min if call_field else None)
            parts["max"] = _build_call_number_field(_("Maximum"), call_field.max if call_field else None)
            names = [(unit, LENGTH_UNIT_LABELS[unit]) for unit in units]
            initial = (call_field.unit if call_field else "") or units[0]
            parts["unit"] = forms.ChoiceField(
                label=_("Unit of the limit"), choices=names, initial=initial, required=False
            )
        self.fields |= {f"field_{row_number}_{key}": part for key, part in parts.items()}

    def _add_rule_row(self, row_number: int, call_rule: Rule) -> None:
        self.fields[f"rule_{row_number}_keep"] = forms.BooleanField(label=call_rule.text, required=False, initial=True)
        for key, label in (("min", _("Minimum")), ("max", _("Maximum"))):
            if key in call_rule.parameters:
                part = _build_call_number_field(label, call_rule.parameters[key], is_required=True)
                self.fields[f"rule_{row_number}_{key}"] = part

    def get_name_fields(self) -> list[BoundField]:
        return [self[name] for name in self.ABOUT_FIELDS]

    def get_date_fields(self) -> list[BoundField]:
        return [self[name] for name in self.DATE_FIELDS]

    def get_content_fields(self) -> list[BoundField]:
        return [self[name] for name in self.CONTENT_FIELDS]

    def build_field_rows(self) -> list[CallFormRow]:
        titles = [field.label for field in self.before.fields]
        titles += [_("New field %(number)s") % {"number": number + 1} for number in range(NEW_CALL_FIELD_COUNT)]
        return [self.get_row(f"field_{number}_", title) for number, title in enumerate(titles)]

    def build_rule_rows(self) -> list[CallFormRow]:
        return [self.get_row(f"rule_{number}_", rule.text) for number, rule in enumerate(self.before.rules)]

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"]).strip()
        try:
            if zone and zone != NOT_STATED_TIME_ZONE:
                parse_time_zone(zone)
        except (ValueError, LookupError, OSError) as error:
            sentence = _("There is no time zone “%(zone)s”. Enter one such as UTC, UTC-11 or Africa/Nairobi.")
            raise forms.ValidationError(sentence % {"zone": zone}) from error
        return zone or NOT_STATED_TIME_ZONE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("hour") or cleaned.get("zone", NOT_STATED_TIME_ZONE) != NOT_STATED_TIME_ZONE
        ) and not cleaned.get("day"):
            self.add_error("day", _("Enter the date of the deadline, or leave its time and time zone empty."))
        for prefix in self._list_row_prefixes():
            least, most = cleaned.get(f"{prefix}min"), cleaned.get(f"{prefix}max")
            if least and most and least > most:
                self.add_error(f"{prefix}min", _("Enter a minimum that is less than or equal to the maximum."))
        self._check_call_rules(cleaned)
        self.check_new_rules()
        return cleaned

    def _check_call_rules(self, cleaned_values: dict[str, Any]) -> None:
        """A rule about a field is kept with its field."""
        fields = {field.name: (number, field.label) for number, field in enumerate(self.before.fields)}
        for at, rule in enumerate(self.before.rules):
            for name in sorted(_find_required_fields(rule)):
                number, label = fields[name]
                if cleaned_values.get(f"rule_{at}_keep") and not cleaned_values.get(f"field_{number}_keep"):
                    sentence = _("This rule needs the field “%(field)s”. Keep the field, or remove the rule.")
                    self.add_error(f"rule_{at}_keep", sentence % {"field": label})

    def _list_row_prefixes(self) -> list[str]:
        fields = range(len(self.before.fields) + NEW_CALL_FIELD_COUNT)
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
            sources={CALL_SOURCE_NAME: given["page"]},
            deadlines=self._build_call_deadlines(),
            dates=tuple(self._build_call_dates()),
            categories_source=CALL_SOURCE_NAME if before.categories else "",
            themes=_split_form_text_lines(given["themes"]),
            themes_source=CALL_SOURCE_NAME if given["themes"].strip() else "",
            fields=fields,
            rules=tuple(_drop_missing_field_from_rule(rule, names) for rule in self._build_call_rules()),
            criteria=tuple(self._find_criterion_by_title(title) for title in _split_form_text_lines(given["criteria"])),
            new=(), notes=(), unknown=_split_form_text_lines(given["unknown"]),
        )  # fmt: skip

    def _build_call_deadlines(self) -> tuple[CallDeadline, ...]:
        given, hour = self.cleaned_data, self.cleaned_data["hour"]
        if not given["day"]:
            return ()
        return (CallDeadline(given["day"], hour or None, given["zone"], CALL_SOURCE_NAME, timezone.localdate()),)

    def _build_call_dates(self) -> list[CallMilestone]:
        kinds = (
            ("opens", CallDateKind.OPENS),
            ("confirmation", CallDateKind.CONFIRMATION),
            ("freeze", CallDateKind.FREEZE),
        )
        days: list[tuple[date | None, CallDateKind]] = [(self.cleaned_data[name], kind) for name, kind in kinds]
        return [CallMilestone(kind, day, source=CALL_SOURCE_NAME) for day, kind in days if day]

    def _build_call_fields(self) -> tuple[CallField, ...]:
        kept = [self._build_changed_field(n, field) for n, field in enumerate(self.before.fields)]
        found = [field for field in kept if field is not None]
        first = len(self.before.fields)
        for number in range(first, first + NEW_CALL_FIELD_COUNT):
            if label := self.cleaned_data[f"field_{number}_label"].strip():
                taken = {field.name for field in self.before.fields} | {field.name for field in found}
                found.append(self._build_new_field(number, label, taken))
        return tuple(found)

    def _build_changed_field(self, row_number: int, call_field: CallField) -> CallField | None:
        given = {
            key: self.cleaned_data.get(f"field_{row_number}_{key}") for key in ("keep", "label", "mark", "min", "max")
        }
        if not given["keep"]:
            return None
        has_limit = bool(given["min"] or given["max"])
        unit = str(self.cleaned_data.get(f"field_{row_number}_unit") or "") if has_limit else ""
        mark, unit = (
            CallFieldRequirement(str(given["mark"])),
            unit or (next(iter(LENGTH_UNITS_BY_FIELD_TYPE[call_field.type]), "") if has_limit else ""),
        )
        return replace(
            call_field, label=str(given["label"]), mark=mark, min=given["min"], max=given["max"], unit=unit,
            is_new=False, source=CALL_SOURCE_NAME,
        )  # fmt: skip

    def _build_new_field(self, row_number: int, field_label: str, used_names: set[str]) -> CallField:
        given = {
            key: self.cleaned_data.get(f"field_{row_number}_{key}") for key in ("type", "mark", "min", "max", "unit")
        }
        kind = CallFieldType(str(given["type"]))
        name = build_call_slug(field_label)[:60].strip("-") or "field"
        name = name if name not in used_names else f"{name}-{row_number}"
        role = "speaker" if kind is CallFieldType.PEOPLE else ""
        found = CallField(
            name,
            field_label,
            kind,
            mark=CallFieldRequirement(str(given["mark"])),
            is_new=True,
            role=role,
            source=CALL_SOURCE_NAME,
        )
        if given["unit"] in LENGTH_UNITS_BY_FIELD_TYPE[kind] and (given["min"] or given["max"]):
            return replace(found, min=given["min"], max=given["max"], unit=str(given["unit"]))
        return found

    def _build_call_rules(self) -> list[Rule]:
        found = []
        for number, rule in enumerate(self.before.rules):
            if self.cleaned_data.get(f"rule_{number}_keep"):
                numbers = {
                    key: self.cleaned_data[f"rule_{number}_{key}"] for key in ("min", "max") if key in rule.parameters
                }
                found.append(replace(rule, parameters={**rule.parameters, **numbers}, source=CALL_SOURCE_NAME))
        return self.add_entered_rules(found, CALL_SOURCE_NAME)

    def _find_criterion_by_title(self, title: str) -> ReviewCriterion:
        known = next((each for each in self.before.criteria if each.title == title), ReviewCriterion(title))
        return replace(known, source=CALL_SOURCE_NAME)


def _build_call_name(previous_call: CallForProposals, edition_name: str) -> str:
    name = build_call_slug(previous_call.forum, edition_name, previous_call.kind)
    return name if any(letter.isalpha() for letter in name) else build_call_slug(previous_call.name, edition_name)


def _find_required_fields(call_rule: Rule) -> set[str]:
    """Return the names of the fields without which a rule cannot be checked."""
    check = CALL_RULE_CHECKS_BY_NAME[call_rule.check]
    needed = (
        key for key, kind in check.parameters.items() if kind is ParameterKind.FIELD and key not in check.optional
    )
    return {str(call_rule.parameters[key]) for key in needed}


def _drop_missing_field_from_rule(call_rule: Rule, remaining_field_names: set[str]) -> Rule:
    """Remove the link to a field that is no longer in the form, from a rule that can do without it."""
    kept = {
        key: value for key, value in call_rule.parameters.items() if key != "field" or value in remaining_field_names
    }
    return replace(call_rule, parameters=kept)


def _split_form_text_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _get_initial_call_values(previous_call: CallForProposals) -> dict[str, Any]:
    """Return what the form begins with. Dates are asked anew."""
    edition = previous_call.edition.replace(str(previous_call.year), str(previous_call.year + 1))
    return {
        "title": previous_call.title.replace(previous_call.edition, edition)
        if edition != previous_call.edition
        else previous_call.title,
        "edition": edition,
        "year": previous_call.year + 1,
        "themes": "\n".join(previous_call.themes),
        "criteria": "\n".join(each.title for each in previous_call.criteria),
        "unknown": "\n".join(previous_call.unknown),
    }
