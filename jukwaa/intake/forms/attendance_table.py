"""Everybody who attended, in one table: a row for each name, and a text area for those who are missing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.core.attendance_modes import find_mode_of_remark
from jukwaa.intake.actions import AttendanceRowDecision, MissingPeople, NewMeeting
from jukwaa.intake.attendance_table import (
    KEEP_AS_WRITTEN,
    MAX_TABLE_ROWS,
    NEW_ORGANISATION,
    NOT_ATTENDED,
    AttendanceRow,
    AttendanceTable,
)
from jukwaa.intake.chosen_attendance import ChosenAttendance, find_chosen_attendance
from jukwaa.intake.forms.fields import AlternativeCharField
from jukwaa.intake.forms.meeting_details import MeetingDetailsForm
from jukwaa.intake.models import DeskKind, Reading
from jukwaa.intake.reader.chosen_attendance import ABSENT_STATUS, find_absence
from jukwaa.intake.reader.names import parse_listed_names
from jukwaa.intake.text_hashes import compute_text_fingerprint
from jukwaa.meetings.forms_attendance import AttendanceModeField
from jukwaa.meetings.models import Attendance

LAST_REMARK_PATTERN = re.compile(r"[,،]\s*(?P<remark>[^,،()]+)$")  # "Ana Lopes (Oak Trust), online"
ROW_FIELD_PATTERN = re.compile(r"(?P<key>\d{1,12}-\d{1,4})-version")
VERSION_PATTERN = re.compile(r"(?P<version>\d{1,9}):(?P<match>[a-z\d-]{0,30})")
MATCH_PATTERN = re.compile(rf"\d{{1,12}}|{KEEP_AS_WRITTEN}|{NEW_ORGANISATION}")
MAX_NAME_LENGTH = 250
# The days are one detail: a range such as "1-2 February" changes both.
COLUMNS_BY_DETAIL = {
    "title": ("meeting_title",),
    "days": ("meeting_on", "meeting_ends_on", "meeting_precision"),
    "place": ("meeting_place",),
    "forum": ("meeting_forum",),
}
FIELD_BY_DETAIL = {detail: columns[0] for detail, columns in COLUMNS_BY_DETAIL.items()}
DETAIL_HASH_LENGTH = 12
SHORT_MEETING_FIELDS = frozenset({"meeting_title", "meeting_on", "meeting_place"})


class MatchField(forms.ChoiceField):
    """Whom a name means. Whether it could still mean that when the form was sent is the action's affair."""

    def valid_value(self, value: str) -> bool:
        return MATCH_PATTERN.fullmatch(value) is not None


class AttendanceTableForm(MeetingDetailsForm):
    """A row for each name that the page shows, or that it showed when the form was filled in.

    Above them what the report says of a meeting that is not in the record yet.
    """

    collects_personal_data = True
    use_required_attribute = False

    shown_meeting = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    missing = AlternativeCharField(
        label=gettext_lazy("People who are missing from the table"),
        help_text=gettext_lazy(
            "Enter one per line, such as: Ana Lopes (Oak Trust), online. Add “chair” for the person who chaired,"
            " such as: Ben Okoro (Elm Farm), chair"
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )

    def __init__(self, form_data: QueryDict | None = None, *, table: AttendanceTable) -> None:
        super().__init__(form_data)
        self.rows_by_key = {row.key: row for row in table.rows}
        self.known_texts = [row.name for row in table.rows]
        posted = (ROW_FIELD_PATTERN.fullmatch(name) for name in form_data or ())
        self.keys = [found["key"] for found in posted if found] if form_data is not None else list(self.rows_by_key)
        self.keys = self.keys[:MAX_TABLE_ROWS]
        self.missing_people: list[MissingPeople] = []
        for key in self.keys:
            self._add_row_fields(key, self.rows_by_key.get(key))
        self.fields["other_mode"] = AttendanceModeField(
            label=_("All others: in the room or online"),
            help_text=_("For people who attended and for whom the table says “Not stated”."),
            initial=table.other_mode,
        )
        names = {key: row.name for key, row in self.rows_by_key.items()}
        for name in ("chaired", "shown_chair"):
            self.fields[name] = forms.ChoiceField(
                label=_("Chair"),
                choices=[("", _("Nobody is named as chair")), *((key, names.get(key, key)) for key in self.keys)],
                initial=table.chair,
                required=False,
            )
        self._set_up_meeting_fields(table.reading)

    def _set_up_meeting_fields(self, reading: Reading) -> None:
        """Keep the fields about a new meeting, those that few meetings need only where the report has something."""
        self.reading = reading
        self.shows_meeting = reading.meeting is None and reading.entered_at is None
        initial = self.get_initial(reading)
        self.known_texts = [*self.known_texts, reading.meeting_title, reading.meeting_place, reading.meeting_forum]
        for name in MeetingDetailsForm.base_fields:
            if self.shows_meeting and (initial[name] or name in SHORT_MEETING_FIELDS):
                self.fields[name].initial = initial[name]
                self.fields[name].help_text = ""
            else:
                del self.fields[name]
        self.stored_details = _compute_details_hashes(initial)
        self.fields["shown_meeting"].initial = "-".join(self.stored_details.values())

    def _add_row_fields(self, key: str, row: AttendanceRow | None) -> None:
        roles = row.role_choices if row else [("", ""), *Attendance.As.choices, (NOT_ATTENDED, "")]
        self.fields[f"{key}-include"] = forms.BooleanField(label=_("On the list"), required=False, initial=True)
        self.fields[f"{key}-name"] = forms.CharField(
            label=_("Name"), max_length=MAX_NAME_LENGTH, required=False, initial=row.name if row else ""
        )
        self.fields[f"{key}-came_as"] = forms.ChoiceField(
            label=_("Attended as"),
            choices=roles,
            required=False,
            initial=row.suggestion.came_as if row else "",
        )
        self.fields[f"{key}-mode"] = AttendanceModeField()
        self.fields[f"{key}-mode"].initial = row.suggestion.mode if row else ""
        self.fields[f"{key}-match"] = MatchField(
            label=_("In the directory"), choices=row.match_choices if row else [], required=False
        )
        self.fields[f"{key}-version"] = forms.RegexField(
            VERSION_PATTERN, initial=row.version if row else "", widget=forms.HiddenInput
        )

    def iter_meeting_fields(self) -> Iterator[forms.BoundField]:
        """Return the fields above the table: who chaired is chosen among its names."""
        names = [name for name in MeetingDetailsForm.base_fields if name in self.fields]
        yield from (self[name] for name in [*names, *(["chaired"] if self.keys else [])])

    def iter_rows(self) -> Iterator[dict[str, Any]]:
        """Return what the table shows of each name: its row, and its fields."""
        for key in self.keys:
            row = self.rows_by_key.get(key)
            names = ("include", "name", "came_as", "mode", "match", "version")
            fields = {name: self[f"{key}-{name}"] for name in names}
            yield {"key": key, "row": row, **fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for key in self.keys:
            if cleaned.get(f"{key}-include") and not cleaned.get(f"{key}-name"):
                self.add_error(f"{key}-name", _("Enter the name, or clear this checkbox."))
        for line in filter(None, map(str.strip, cleaned.get("missing", "").splitlines())):
            found = _read_missing_line(line)
            if not found.attendance:
                self.add_error("missing", _("Enter names only: “%(line)s” cannot be read as a name.") % {"line": line})
            self.missing_people.append(replace(found, mode=found.mode or cleaned.get("other_mode", "")))
        return cleaned

    def get_new_meeting(self) -> NewMeeting | None:
        """What a person says of the new meeting: nothing where it was confirmed before and is as the page showed it.

        Only what differs from the page, and what another person has not changed since, is saved.
        """
        if not self.shows_meeting or not self.cleaned_data.get("shown_meeting"):
            return None
        changed = self._find_changed_details() - self._find_conflicting_details()
        if not changed and self.reading.meeting_checked:
            return None
        title = self.cleaned_data["meeting_title"] if "title" in changed else self.reading.meeting_title
        names = {column for detail in changed for column in COLUMNS_BY_DETAIL[detail]}
        details = {name: value for name, value in self.get_details().items() if name in names}
        return NewMeeting(title, details or None)

    def list_kept_details(self) -> list[str]:
        """Return the labels of what stays as another person has changed it since the page was shown."""
        has_shown = self.shows_meeting and self.cleaned_data.get("shown_meeting")
        conflicts = self._find_conflicting_details() if has_shown else ()
        fields = (self.fields.get(FIELD_BY_DETAIL[name]) for name in FIELD_BY_DETAIL if name in conflicts)
        return [str(field.label) for field in fields if field is not None]

    def _find_changed_details(self) -> set[str]:
        shown = self._get_shown_details()
        return {name for name, value in _compute_details_hashes(self.data).items() if value != shown.get(name)}

    def _find_conflicting_details(self) -> set[str]:
        shown, typed = self._get_shown_details(), _compute_details_hashes(self.data)
        return {
            name
            for name in self._find_changed_details()
            if self.stored_details[name] not in {shown.get(name), typed[name]}
        }

    def _get_shown_details(self) -> dict[str, str]:
        return dict(zip(self.stored_details, self.cleaned_data["shown_meeting"].split("-"), strict=False))

    def list_row_decisions(self) -> list[AttendanceRowDecision]:
        cleaned = self.cleaned_data
        chaired = None if cleaned["chaired"] == cleaned["shown_chair"] else cleaned["chaired"]
        return [self._build_row_decision(key, chaired) for key in self.keys]

    def _build_row_decision(self, key: str, chaired: str | None) -> AttendanceRowDecision:
        pk, position = map(int, key.split("-"))
        found = VERSION_PATTERN.fullmatch(self.cleaned_data[f"{key}-version"])
        values = {name: self.cleaned_data[f"{key}-{name}"] for name in ("include", "name", "came_as", "mode", "match")}
        is_kept = values["include"] and values["came_as"] != NOT_ATTENDED
        row = self.rows_by_key.get(key)
        is_new_member = row is not None and row.suggestion.kind == DeskKind.NEW_MEMBER
        has_other_mode = is_kept and not is_new_member and values["came_as"] != Attendance.As.APOLOGIES
        return AttendanceRowDecision(
            suggestion_id=pk,
            position=position,
            version=int(found["version"]) if found else 0,
            seen_match=found["match"] if found else "",
            is_kept=is_kept,
            name=" ".join(values["name"].split()),
            came_as=values["came_as"] if is_kept else "",
            mode=values["mode"] or (self.cleaned_data["other_mode"] if has_other_mode else ""),
            match=values["match"],
            is_chair=None if chaired is None else key == chaired,
        )


def _compute_details_hashes(values: Mapping[str, Any]) -> dict[str, str]:
    """By detail of the meeting: a few letters that change with it."""
    texts = {
        detail: "\n".join(" ".join(str(values.get(name) or "").split()) for name in columns)
        for detail, columns in COLUMNS_BY_DETAIL.items()
    }
    return {detail: compute_text_fingerprint(text)[:DETAIL_HASH_LENGTH] for detail, text in texts.items()}


def _read_missing_line(line: str) -> MissingPeople:
    """Nobody where the line says that they did not attend, without apologies."""
    match = LAST_REMARK_PATTERN.search(line)
    mode, absence = (find_mode_of_remark(match["remark"]), find_absence(match["remark"])) if match else ("", "")
    attendance = _find_people_in_line(line[: match.start()] if match and (mode or absence) else line)
    modes = {chosen.modes.get(name, "") for chosen in attendance for name in chosen.names}
    mode = mode or (modes.pop() if len(modes) == 1 else "")
    for chosen in attendance:
        chosen.came_as = Attendance.As.APOLOGIES if absence else chosen.came_as
    return MissingPeople(line, [] if absence == ABSENT_STATUS else attendance, mode)


def _find_people_in_line(line: str) -> list[ChosenAttendance]:
    """The people whom a line lists, which a person wrote as names."""
    names = list(parse_listed_names(line, has_own_line=True))
    return find_chosen_attendance(line) or ([ChosenAttendance("", "", is_chair=False, names=names)] if names else [])
