"""The sentences of a report in one table: what each becomes, and for a commitment of whom and until when."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.forms import Form
from jukwaa.intake.actions import EntryRowDecision
from jukwaa.intake.desk import MAIN_SUGGESTION_KINDS, OTHER_SUGGESTION_KINDS
from jukwaa.intake.entry_table import EntryRow, EntryTable
from jukwaa.intake.models import DeskKind
from jukwaa.intake.suggestion_wording import split_owners
from jukwaa.meetings.models import Commitment

KIND_FIELD_PATTERN = re.compile(r"(?P<key>\d{1,8}-\d{1,12})-kind")
VERSION_PATTERN = re.compile(r"(\d{1,12}):(\d{1,9})")
VERSIONS_PATTERN = re.compile(rf"\A{VERSION_PATTERN.pattern}(?:,{VERSION_PATTERN.pattern}){{0,99}}\Z")
MAX_OWNERS_LENGTH, MAX_OWNER_LENGTH = 25_000, 250  # of a row, and of one of them
MAX_POSTED_ROWS = 1000  # a page has a hundred sentences, few of them with several entries


class EntryTableForm(Form):
    """A row for each entry that the page shows, or that it showed when the form was filled in."""

    collects_personal_data = True
    use_required_attribute = False

    def __init__(self, form_data: QueryDict | None = None, *, table: EntryTable) -> None:
        super().__init__(form_data)
        self.rows_by_key = {row.key: row for row in table.rows}
        self.known_texts = [row.owners for row in table.rows]
        posted = (KIND_FIELD_PATTERN.fullmatch(name) for name in form_data or ())
        self.keys = [found["key"] for found in posted if found] if form_data is not None else list(self.rows_by_key)
        self.keys = self.keys[:MAX_POSTED_ROWS]
        for key in self.keys:
            self._add_row_fields(key, self.rows_by_key.get(key))

    def _add_row_fields(self, key: str, row: EntryRow | None) -> None:
        suggestion = row.suggestion if row else None
        self.fields[f"{key}-kind"] = forms.ChoiceField(
            label=_("Type"),
            choices=list_kind_choices(with_attendance=row is None or not (row.suggestions or row.attendees)),
            required=False,
            initial=suggestion.kind if suggestion else "",
        )
        self.fields[f"{key}-owner"] = forms.CharField(
            label=_("Responsible"),
            max_length=MAX_OWNERS_LENGTH,
            required=False,
            initial=row.owners if row else "",
            widget=forms.TextInput(attrs={"list": "report-names"}),
        )
        self.fields[f"{key}-due_on"] = DayField(label=_("Deadline"), initial=suggestion.due_on if suggestion else None)
        self.fields[f"{key}-progress"] = forms.ChoiceField(
            label=_("Status"),
            choices=[("", "—"), *Commitment.Progress.choices],
            required=False,
            initial=suggestion.progress if suggestion else "",
        )
        self.fields[f"{key}-versions"] = forms.RegexField(
            VERSIONS_PATTERN, required=False, initial=row.versions if row else "", widget=forms.HiddenInput
        )

    def iter_rows(self) -> Iterator[dict[str, Any]]:
        """Return what the table shows of each row: the row, and its fields."""
        for key in self.keys:
            fields = {name: self[f"{key}-{name}"] for name in ("kind", "owner", "due_on", "progress", "versions")}
            yield {"row": self.rows_by_key.get(key), **fields}

    def iter_blocks(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Return the rows in the groups of neighbours that the page shows alike."""
        for block, rows in groupby(self.iter_rows(), key=lambda line: line["row"].block if line["row"] else "entries"):
            yield block, list(rows)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for key in self.keys:
            if any(len(name) > MAX_OWNER_LENGTH for name in split_owners(cleaned.get(f"{key}-owner", ""))):
                self.add_error(f"{key}-owner", _("Enter shorter names, of at most 250 characters each."))
        return cleaned

    def list_row_decisions(self) -> list[EntryRowDecision]:
        return [self._build_row_decision(key) for key in self.keys]

    def _build_row_decision(self, key: str) -> EntryRowDecision:
        names = ("kind", "owner", "due_on", "progress", "versions")
        values = {name: self.cleaned_data[f"{key}-{name}"] for name in names}
        return EntryRowDecision(
            sentence_number=int(key.partition("-")[0]),
            versions={int(pk): int(version) for pk, version in VERSION_PATTERN.findall(values["versions"])},
            kind=values["kind"],
            owners=split_owners(values["owner"]),
            due_on=values["due_on"],
            progress=values["progress"],
        )


def list_kind_choices(*, with_attendance: bool) -> list[tuple[str, str]]:
    """The kinds of entries; attendance only where nothing is suggested, since it is decided in a table of its own."""
    kinds = [kind for kind in (*MAIN_SUGGESTION_KINDS, *OTHER_SUGGESTION_KINDS) if kind != DeskKind.NEW_MEMBER]
    shown = [kind for kind in kinds if with_attendance or kind != DeskKind.ATTENDEE]
    return [("", _("not an entry")), *((kind.value, str(kind.label)) for kind in shown)]
