"""The file, its columns, and a row that is mended."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jukwaa.coalitions.imports.contact_parsing import CONTACT_FIELDS
from jukwaa.coalitions.imports.contact_remarks import describe_asked_column
from jukwaa.coalitions.imports.decisions import get_row_decision
from jukwaa.coalitions.imports.fields import (
    FIELD_LABELS_BY_IMPORT_KIND,
    UNSCREENED_IMPORT_FIELDS,
    get_row_fields,
    has_contact_columns,
    is_known_heading,
    score_sheet_rows,
)
from jukwaa.coalitions.imports.registration_forms import looks_like_registrations
from jukwaa.coalitions.imports.row_references import get_combined_row_number
from jukwaa.coalitions.imports.sheet_choice import OfferedSheet, find_offered_sheets
from jukwaa.coalitions.imports.sheet_standing import ASKED_STANDINGS, SHEET_STANDING_LABELS
from jukwaa.coalitions.imports.sheets_of_upload import get_suggested_mapping
from jukwaa.coalitions.imports.vocabulary import LABEL_BY_ROW_STANDING, RowStanding
from jukwaa.coalitions.models import Import, ImportRow
from jukwaa.coalitions.screening import find_organisation_name_hits
from jukwaa.core.documents.incoming import (
    DEFAULT_FILE_LIMITS,
    FileRefused,
    ImportedTable,
    SheetRows,
    read_table_sheets,
)
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.forms import Form
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.safeguards import SafeguardHit
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

MAX_CELL_LENGTH = 2000
MAX_EXAMPLE_ROWS = 3
TO_MAILING_LIST = "people"  # an answer to the question whether those who registered are members
LABELS_BY_IMPORT_FIELD: dict[str, Sequence[str | Promise]] = {
    "regional_group": RegionalGroup.labels,
    "stakeholder_group": StakeholderGroup.labels,
    "standing": list(LABEL_BY_ROW_STANDING.values()),
}

SUGGESTED_STANDING_NOTE = gettext_lazy(
    "We have chosen this status from the name or the headings of the list. Check that it is correct."
)


class PresetChoiceField(forms.ChoiceField):
    """A choice that is made already: where nothing is sent, it stays as it is."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.initial)


class ImportFileForm(Form):
    """`table` is what was read in the file."""

    collects_personal_data = True

    submission_source = "import"
    use_required_attribute = False

    kind = forms.ChoiceField(
        label=gettext_lazy("What the file contains"),
        help_text=gettext_lazy(
            "For answers to a registration form, choose “People on the mailing list”. They will be subscribers, not"
            " members."
        ),
        choices=Import.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the file contains.")},
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, Excel (.xlsx) or OpenDocument (.ods), up to 5,000 rows and 60 columns."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    tables: Sequence[ImportedTable] = ()
    offered_sheets: Sequence[OfferedSheet] = ()
    needs_sheets = False  # the form comes back with one more question, and without an error

    def is_valid(self) -> bool:
        return super().is_valid() and not self.needs_sheets

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.offered_sheets:
            self._ask_for_sheets()
        return cleaned

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            if (file.size or 0) > DEFAULT_FILE_LIMITS.file:
                size = -(-(file.size or 0) // BYTES_PER_MEGABYTE)
                raise FileRefused("too_big", size=size, limit=DEFAULT_FILE_LIMITS.file // BYTES_PER_MEGABYTE)  # noqa: TRY301 - said like the others
            self.tables = read_table_sheets(
                file.read(), file.name or "", score_rows=score_sheet_rows, choose_sheets=self._choose_sheets
            )
            # Row after row: what one row tells would be lost among the others.
            self.file_texts = ["\n".join(filter(None, row)) for table in self.tables for row in table.rows]
        except FileRefused as refusal:
            empty = _("Choose another file. This one is empty.")  # there is no field to paste a text into
            raise forms.ValidationError(empty if refusal.code == "empty" else refusal.message) from refusal
        return file

    def _choose_sheets(self, sheets: list[SheetRows]) -> list[str]:
        """What was selected; before that, what is selected already."""
        self.offered_sheets = find_offered_sheets(sheets, self.cleaned_data.get("kind") or Import.Kind.MEMBERS)
        sent = self._get_sent_sheets()
        chosen = [sheet.name for sheet in self.offered_sheets if sheet.name in sent]
        return chosen or [sheet.name for sheet in self.offered_sheets if sheet.is_selected]

    def _get_sent_sheets(self) -> list[str]:
        return forms.CheckboxSelectMultiple().value_from_datadict(self.data, self.files, self.add_prefix("sheet")) or []

    def _ask_for_sheets(self) -> None:
        """Offer the sheets of a file if several look like a list: an old one is easily taken for the current one."""
        field = SelectedChoicesField(
            label=_("Sheets"),
            help_text=_("This file has more than one list. Choose the sheets to import."),
            choices=[(sheet.name, _describe_sheet(sheet)) for sheet in self.offered_sheets],
            widget=forms.CheckboxSelectMultiple,
            initial=[sheet.name for sheet in self.offered_sheets if sheet.is_selected],
        )
        self.fields["sheet"] = field
        self.needs_sheets = {*self._get_sent_sheets()}.isdisjoint(sheet.name for sheet in self.offered_sheets)


class SelectedChoicesField(forms.MultipleChoiceField):
    """Choices that are selected already, also in a form that comes back without any."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data or initial


def _describe_sheet(sheet: OfferedSheet) -> str:
    facts = {"name": sheet.name, "n": sheet.row_count}
    if sheet.is_hidden:
        return (
            ngettext(
                "%(name)s (%(n)s row), hidden in the spreadsheet",
                "%(name)s (%(n)s rows), hidden in the spreadsheet",
                sheet.row_count,
            )
            % facts
        )
    return ngettext("%(name)s (%(n)s row)", "%(name)s (%(n)s rows)", sheet.row_count) % facts


@dataclass(frozen=True)
class ColumnDisplay:
    """A column, as the page shows it: the first values, and what we will ask about it."""

    control: forms.BoundField
    examples: list[str]
    asked: str
    is_recognised: bool


class ImportColumnsForm(Form):
    """One choice a column, what the organisations are, and how old the people are."""

    collects_personal_data = True
    CONDITIONAL_FIELDS = ("all_adults",)
    OPTIONS = ("rows_under_18", "all_adults", "contacts_represent")

    def __init__(self, *args: Any, spreadsheet_import: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brought = spreadsheet_import
        self.has_registrations = spreadsheet_import.of == Import.Kind.MEMBERS and looks_like_registrations(
            spreadsheet_import.table
        )
        known = FIELD_LABELS_BY_IMPORT_KIND[spreadsheet_import.of]
        mapping, self.decided_columns = get_suggested_mapping(spreadsheet_import)
        for at, heading in enumerate(spreadsheet_import.table[0]):
            self.fields[f"column{at}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": at + 1},
                choices=[("", _("do not import")), *known.items()],
                required=False,
                initial=mapping[at] if at < len(mapping) else "",
            )
        if spreadsheet_import.of == Import.Kind.MEMBERS:
            build_field = _build_registration_field if self.has_registrations else _build_standing_field
            self.fields["standing"] = build_field(spreadsheet_import)
        self.fields |= _build_age_fields(spreadsheet_import)
        if spreadsheet_import.of == Import.Kind.MEMBERS:
            self.fields["contacts_represent"] = forms.BooleanField(
                label=_("Contact people may represent their organisations"),
                required=False,
                initial=spreadsheet_import.contacts_represent,
                help_text=_(
                    "For 1 year, they can act for their organisation, for example by taking positions. You can change"
                    " this for each person later."
                ),
            )

    def clean_rows_under_18(self) -> list[int]:
        numbers = [int(found) for found in re.findall(r"\d{1,9}", self.cleaned_data["rows_under_18"])]
        unknown = [
            str(number) for number in numbers if not 0 < self.brought.find_table_index(number) < len(self.brought.table)
        ]
        if unknown:
            sentence = _("Check the row numbers. The file has no organisation in these rows: %(numbers)s.")
            raise forms.ValidationError(sentence % {"numbers": join_with_separator(unknown)})
        return numbers

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.has_registrations and data.get("standing") in {None, TO_MAILING_LIST}:  # the columns come after
            return data
        chosen = [field for field in self._get_chosen_fields(data) if field]
        known = FIELD_LABELS_BY_IMPORT_KIND[self.brought.of]
        for twice in dict.fromkeys(field for field in chosen if chosen.count(field) > 1):
            self.add_error(None, _("Choose “%(field)s” for only 1 column.") % {"field": known[twice]})
        needed = "email" if self.brought.of == Import.Kind.PEOPLE else "name"
        if needed not in chosen and not self.errors:
            self.add_error(None, _("Choose a column for “%(field)s”.") % {"field": known[needed]})
        if "all_adults" in self.fields and has_contact_columns(chosen) and not data.get("all_adults"):
            sentence = _(
                "Confirm that all other contact people are 18 or older, or do not import the columns about them."
            )
            if self.brought.of == Import.Kind.PEOPLE:
                sentence = _("Confirm that everyone who will be imported is 18 or older.")
            self.add_error("all_adults", sentence)
        return data

    def get_columns(self) -> list[ColumnDisplay]:
        """First the columns that have to be looked at, then those that are surely recognised."""
        columns = [self._get_column(at, heading) for at, heading in enumerate(self.brought.table[0])]
        return sorted(columns, key=lambda column: column.is_recognised)

    def _get_column(self, at: int, heading: str) -> ColumnDisplay:
        control, asked = self[f"column{at}"], describe_asked_column(heading)
        examples = [row[at] for row in self.brought.table[1:] if row[at]][:MAX_EXAMPLE_ROWS]
        field = str(control.value() or "")
        is_known = is_known_heading(heading, field, self.brought.of) if field else bool(asked or not examples)
        is_known = is_known or at in self.decided_columns
        return ColumnDisplay(control, examples, asked, is_recognised=is_known and not control.errors)

    def leads_to_mailing_list(self) -> bool:
        """Whether the coordinator answered that these are no members, but people for the mailing list."""
        return self.cleaned_data.get("standing") == TO_MAILING_LIST

    def get_standing(self) -> str:
        """The status of all rows, unless they are members."""
        if "standing" not in self.fields:
            return ""
        standing = str(self.cleaned_data["standing"])
        return "" if standing == RowStanding.MEMBER else standing

    def mapping(self) -> list[str]:
        return self._get_chosen_fields(self.cleaned_data)

    def _get_chosen_fields(self, cleaned_data: dict[str, Any]) -> list[str]:
        return [cleaned_data.get(f"column{at}") or "" for at in range(len(self.brought.table[0]))]


def _build_age_fields(spreadsheet_import: Import) -> dict[str, forms.Field]:
    """Which rows are about people under 18, and that all others are adults."""
    label, rest, others = (
        _("Rows with a contact person under 18"),
        _(
            "Row numbers in the spreadsheet, such as 12, 23. We will import these organisations without their"
            " contact people."
        ),
        _("All other contact people in the file are 18 or older"),
    )
    if spreadsheet_import.of == Import.Kind.PEOPLE:
        label, rest, others = (
            _("Rows about people under 18"),
            _("Row numbers in the spreadsheet, such as 12, 23. We will not import these rows."),
            _("Everyone who will be imported is 18 or older"),
        )
    numbers = ", ".join(map(str, spreadsheet_import.rows_under_18))
    return {
        "rows_under_18": forms.CharField(
            label=label, required=False, max_length=MAX_CELL_LENGTH, initial=numbers, help_text=rest
        ),
        "all_adults": forms.BooleanField(label=others, required=False, initial=spreadsheet_import.all_adults),
    }


def _build_registration_field(spreadsheet_import: Import) -> forms.Field:
    """Nothing is chosen until a person answers: who registers for an event is rarely a member."""
    answered = get_row_decision(spreadsheet_import.decisions, "standing") or str(RowStanding.MEMBER)
    others = [(str(value), SHEET_STANDING_LABELS[value]) for value in ASKED_STANDINGS if value != RowStanding.MEMBER]
    return forms.ChoiceField(
        label=_("This looks like answers to a registration form. Are these organisations members of the coalition?"),
        choices=[
            (TO_MAILING_LIST, _("No. Import the people to the mailing list.")),
            (str(RowStanding.MEMBER), _("Yes, they are members.")),
            *others,
        ],
        initial=answered if spreadsheet_import.state != Import.State.COLUMNS else None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )


def _build_standing_field(spreadsheet_import: Import) -> forms.Field:
    suggested = get_row_decision(spreadsheet_import.decisions, "standing")
    return PresetChoiceField(
        label=_("Membership status of the organisations in this list"),
        choices=[(str(value), SHEET_STANDING_LABELS[value]) for value in ASKED_STANDINGS],
        initial=suggested or str(RowStanding.MEMBER),
        widget=forms.RadioSelect,
        help_text=" ".join(
            [
                _("For rows that have no status of their own."),
                *([str(SUGGESTED_STANDING_NOTE)] if suggested else []),
            ]
        ),
    )


class ImportRowForm(ScreenedForm):
    """The row as text, field by field: what is written is read as the table was."""

    submission_source = "import"

    SCREENED_FIELDS = tuple(
        {field for fields in FIELD_LABELS_BY_IMPORT_KIND.values() for field in fields} - UNSCREENED_IMPORT_FIELDS
    )
    screening_message = gettext_lazy(
        "Check the marked words: they could identify a person. Change them, or save the row as it is."
    )

    def __init__(self, *args: Any, import_row: ImportRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = get_row_fields(import_row.source.of)
        if import_row.number in import_row.source.rows_under_18:
            fields = {field: label for field, label in fields.items() if field not in CONTACT_FIELDS}
        for field, label in fields.items():
            self.fields[field] = forms.CharField(
                label=str(label), required=False, max_length=MAX_CELL_LENGTH, initial=import_row.cells.get(field, "")
            )
            if field in LABELS_BY_IMPORT_FIELD:
                options = [str(label) for label in LABELS_BY_IMPORT_FIELD[field]]
                self.fields[field].help_text = _("Enter one of these: %(options)s.") % {
                    "options": join_with_separator(options, ";")
                }
        if import_row.source.of == Import.Kind.MEMBERS:
            self.fields["same_as"] = forms.IntegerField(
                label=_("Combine with row"),
                required=False,
                min_value=1,
                initial=get_combined_row_number(import_row),
                help_text=_(
                    "If an earlier row is about the same organisation, enter its number. Otherwise leave this empty."
                ),
                error_messages={"invalid": _("Enter the number of an earlier row.")},
            )
        self.row = import_row
        if "since" in self.fields:
            self.fields["since"].help_text = _("For example, 2009-11-27, or only 2009.")

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        return find_organisation_name_hits(name, text)

    def clean_same_as(self) -> int | None:
        number: int | None = self.cleaned_data["same_as"]
        if number is None:
            return None
        earlier = self.row.source.rows.filter(number=number, number__lt=self.row.number)
        if not earlier.exclude(state=ImportRow.State.LEFT_OUT).exists():
            raise forms.ValidationError(_("Enter the number of an earlier row that will be imported."))
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.pop("screened", None)  # what the writer has looked at is no cell
        if "name" in self.changed_data and "same_as" not in self.changed_data:
            cleaned.pop("same_as", None)  # it was about the earlier name
        return cleaned
