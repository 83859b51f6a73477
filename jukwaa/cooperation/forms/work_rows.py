"""Rows of a form: what is delivered, and how one will know. Empty ones are left out; more come when it is saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.cooperation.models import Party

MAX_ANSWER_ROWS = 40
INVALID_NUMBER_MESSAGE = _("Enter a number, such as 120 or 12.5.")


def build_number_field(label: Any, **kwargs: Any) -> forms.DecimalField:
    """As people write it: 12.5, and 12,5 as well."""
    return _LocalisedDecimalField(
        label=label,
        required=False,
        max_digits=16,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal"}),
        error_messages={
            "invalid": INVALID_NUMBER_MESSAGE,
            "max_digits": INVALID_NUMBER_MESSAGE,
            "max_whole_digits": INVALID_NUMBER_MESSAGE,
        },
        **kwargs,
    )


class _LocalisedDecimalField(forms.DecimalField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".").replace(" ", "") if isinstance(value, str) else value)


def format_decimal_value(number_value: Decimal | None) -> str | None:
    """As it is kept in an answer: 12.5, 120."""
    return None if number_value is None else f"{number_value.normalize():f}"


@dataclass
class AnswerRowsField:
    """The rows of one question in a form: their fields are added to it, and read from it when it was sent."""

    form: forms.Form
    name: str
    there: Sequence[Mapping[str, Any]]
    blanks: int
    parties: Sequence[Party] = ()
    full: bool = False  # with what one page has no room for

    def __post_init__(self) -> None:
        sent = str(self.form.data.get(f"{self.name}-rows", "")) if self.form.is_bound else ""
        wanted = int(sent) if sent.isdecimal() and len(sent) < 4 else len(self.there) + self.blanks  # noqa: PLR2004 - forty at most
        self.count = min(max(wanted, 1), MAX_ANSWER_ROWS)
        for number_ in range(self.count):
            row = self.there[number_] if number_ < len(self.there) else {}
            for column, field in self._build_row_fields().items():
                field.initial = self._get_initial_cell(column, row)
                self.form.fields[f"{self.name}-{number_}-{column}"] = field

    def _build_row_fields(self) -> dict[str, forms.Field]:
        return (
            _build_deliverable_fields(self.parties)
            if self.name == "deliverables"
            else _build_outcome_fields(include_details=self.full)
        )

    def _get_initial_cell(self, column_name: str, answer_row: Mapping[str, Any]) -> Any:
        value = answer_row.get(column_name)
        return parse_date(value) if column_name == "on" and value else value

    @property
    def fields(self) -> list[list[BoundField]]:
        return [
            [self.form[f"{self.name}-{at}-{column}"] for column in self._build_row_fields()] for at in range(self.count)
        ]

    def answers(self) -> list[dict[str, Any]]:
        """What was filled in; a row keeps the number of what is reported on already."""
        rows = [self._read_submitted_row(at) for at in range(self.count)]
        ids = {row["id"] for row in self.there if row.get("id")}
        kept = [row for row in rows if row["what"]]
        for row in kept:
            row["id"] = row["id"] if row["id"] in ids else None
        return kept

    def _read_submitted_row(self, row_index: int) -> dict[str, Any]:
        read = {
            column: self.form.cleaned_data.get(f"{self.name}-{row_index}-{column}")
            for column in self._build_row_fields()
        }
        row: dict[str, Any] = {"id": self.there[row_index].get("id") if row_index < len(self.there) else None}
        for column, value in read.items():
            if isinstance(value, Decimal):
                row[column] = format_decimal_value(value)
            elif column == "on":
                row[column] = value.isoformat() if value else None
            elif column == "party":
                row[column] = int(value) if value else None
            else:
                row[column] = value if value != "" or column in {"what", "indicator", "unit"} else None
        return row

    def check(self) -> None:
        """Half a row gets a sentence."""
        for at in range(self.count):
            row = self._read_submitted_row(at)
            filled = [column for column in row if column not in {"id", "what", "party"} and row[column]]
            if filled and not row["what"] and not self._has_cell_error(at, "what"):
                self.form.add_error(f"{self.name}-{at}-what", gettext("Enter a description, or clear this row."))
            if self.name == "deliverables" and row["what"] and not row["on"] and not self._has_cell_error(at, "on"):
                self.form.add_error(
                    f"{self.name}-{at}-on", gettext("Enter the due date. An amendment can change it later.")
                )

    def _has_cell_error(self, row_index: int, column_name: str) -> bool:
        return f"{self.name}-{row_index}-{column_name}" in self.form.errors


def _build_deliverable_fields(parties: Iterable[Party]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "what": forms.CharField(label=_("Deliverable"), required=False, max_length=300),
        "on": DayField(label=_("Due date")),
    }
    choices: list[tuple[Any, str | Promise]] = [(party.pk, party.capacity.name) for party in parties]
    if choices:
        fields["party"] = forms.ChoiceField(
            label=_("Responsible party"), required=False, choices=[("", _("all parties together")), *choices]
        )
    return fields


def _build_outcome_fields(*, include_details: bool) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "what": forms.CharField(label=_("Intended outcome"), required=False, max_length=300),
        "indicator": forms.CharField(label=_("Indicator"), required=False, max_length=300),
    }
    if include_details:
        fields |= {
            "unit": forms.CharField(label=_("Unit"), required=False, max_length=60),
            "baseline": build_number_field(
                _("Baseline"), help_text=_("Enter 0 if the value is zero. Leave empty if you do not know it.")
            ),
            "target": build_number_field(_("Target")),
        }
    return fields
