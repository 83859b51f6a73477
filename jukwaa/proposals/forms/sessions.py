"""The accepted sessions of a forum: a file or pasted rows, with the zone of their times."""

from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.core.documents.incoming import DEFAULT_FILE_LIMITS, FileRefused, read_table_file
from jukwaa.core.documents.incoming.table import parse_csv_text
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.forms import Form
from jukwaa.core.refusals import ActionRefused
from jukwaa.proposals.session_import import ParsedSessions, parse_session_rows

MAX_PASTED_LENGTH = 500_000


class SessionImportForm(Form):
    """`reading` is what the file, or the pasted rows, say."""

    collects_personal_data = True
    use_required_attribute = False
    submission_source = "import"

    file = forms.FileField(
        label=gettext_lazy("File with the accepted sessions"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "CSV, Excel (.xlsx) or OpenDocument (.ods). The first row has the headings. A column “Title” is required."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste the rows"),
        required=False,
        max_length=MAX_PASTED_LENGTH,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Copy the rows from a spreadsheet, with headings such as Title, Organiser, Date, Start, End, Room, Theme."
        ),
    )
    zone = forms.CharField(
        label=gettext_lazy("Time zone used in the list"),
        max_length=64,
        help_text=gettext_lazy("For example: Europe/Oslo or Africa/Nairobi."),
        error_messages={"required": gettext_lazy("Enter a time zone, such as Europe/Oslo.")},
    )
    reading: ParsedSessions

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"]).strip()
        if zone not in available_timezones():
            sentence = _("There is no time zone “%(zone)s”. Enter one such as Europe/Oslo or UTC.")
            raise forms.ValidationError(sentence % {"zone": zone})
        return zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, pasted = cleaned.get("file"), str(cleaned.get("pasted") or "")
        if "zone" not in cleaned or "file" in self.errors or "pasted" in self.errors:
            return cleaned
        if bool(file) == bool(pasted.strip()):
            self.add_error("file", _("Choose a file or paste the rows, but not both."))
            return cleaned
        try:
            rows = _read_session_file(file) if file else parse_csv_text(pasted)
            self.file_texts = ["\n".join(filter(None, row)) for row in rows]
            self.reading = parse_session_rows(rows, cleaned["zone"])
        except ActionRefused as refusal:
            self.add_error("file" if file else "pasted", str(refusal))
        return cleaned


def _read_session_file(uploaded_file: Any) -> list[list[str]]:
    upload = cast("UploadedFile[Any]", uploaded_file)
    size = upload.size or 0
    if size > DEFAULT_FILE_LIMITS.file:
        raise FileRefused(
            "too_big", size=-(-size // BYTES_PER_MEGABYTE), limit=DEFAULT_FILE_LIMITS.file // BYTES_PER_MEGABYTE
        )
    return read_table_file(upload.read(), upload.name or "").rows
