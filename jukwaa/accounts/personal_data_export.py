"""Build the download of what is stored about a person, from the declarations in `core/personal_data.py`."""
# ruff: noqa: SLF001 - _meta is public by Django's word

import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePath
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, Model
from django.template.loader import render_to_string
from django.utils import timezone

from jukwaa.accounts.identity import build_person_identity
from jukwaa.accounts.models import Person
from jukwaa.accounts.own_rows import find_personal_rows
from jukwaa.core.personal_data import (
    PersonalData,
    Words,
    download_part_registry,
    personal_data_registry,
    withheld_from_download,
)

EXPORTED_FILES_FOLDER = "files"
MAX_ARCHIVE_BYTES_IN_MEMORY = 4_000_000  # bytes of files; with more of them the archive goes to the disk


@dataclass(frozen=True)
class ExportPart:
    """One part of the download: rows of values by name, and the stored files that they name."""

    name: str
    title: Words
    rows: list[dict[str, Any]]
    labels: dict[str, Words] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[list[tuple[Words, Any]]]:
        """What there is to read in each row."""
        return [
            [
                (self.labels.get(name, name.replace("_", " ").capitalize()), value)
                for name, value in row.items()
                if value
            ]
            for row in self.rows
        ]


def get_active_sessions(person: Person) -> list[UserSession]:
    """Where somebody is signed in, newest first. (allauth's own list deletes the dead ones, which no GET may.)"""
    rows = UserSession.objects.filter(user_id=person.pk).order_by("-created_at", "-pk")
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(rows.filter(session_key__in=living))


def build_export_parts(person: Person) -> Iterator[ExportPart]:
    """Every part that has rows, in the order of the declarations."""
    addresses = build_person_identity(person).addresses
    for model, declared in personal_data_registry.items():
        if declared.title and (part := _build_export_part(person, model, declared, addresses)).rows:
            yield part
    for name, download in download_part_registry.items():
        if rows := download.rows(person):
            yield ExportPart(name, download.title, rows)


def _build_export_part(
    person: Person, model: type[Model], personal_data: PersonalData, email_addresses: tuple[str, ...]
) -> ExportPart:
    rows = find_personal_rows(model, personal_data, person, email_addresses).order_by("pk")
    for leave_out in withheld_from_download.values():
        rows = rows.exclude(leave_out(model, person))
    columns = {name: _get_export_value_name(name) for name in personal_data.download}
    values = [{columns[name]: value for name, value in row.items()} for row in rows.values(*personal_data.download)]
    stored = [columns[name] for name in personal_data.download if isinstance(_get_lookup_field(model, name), FileField)]
    return ExportPart(
        model._meta.label_lower,
        personal_data.title,
        values,
        labels={columns[name]: _get_lookup_label(model, name) for name in personal_data.download},
        files=[row[name] for row in values for name in stored if row[name]],
    )


def _get_export_value_name(field_lookup: str) -> str:
    return field_lookup.removesuffix("__name").replace("__", "_")


def _get_lookup_field(model: type[Model], field_lookup: str) -> Any:
    return model._meta.get_field(field_lookup.partition("__")[0])


def _get_lookup_label(model: type[Model], field_lookup: str) -> str:
    """As forms call the column; of what is reached over a relation, the name of the relation or of the column there."""
    named = str(getattr(_get_lookup_field(model, field_lookup), "verbose_name", "")) or field_lookup
    rest = field_lookup.partition("__")[2]
    words = named if rest in {"", "name"} else rest.replace("_", " ")
    return words[:1].upper() + words[1:]


def build_personal_data_archive(person: Person) -> Any:
    """Return an open ZIP file, in memory or on the disk: everything as JSON and as a page to read, and the files."""
    parts = list(build_export_parts(person))
    files = [name for name in sorted({name for part in parts for name in part.files}) if default_storage.exists(name)]
    is_large = sum(map(default_storage.size, files)) > MAX_ARCHIVE_BYTES_IN_MEMORY
    archive = tempfile.TemporaryFile() if is_large else BytesIO()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        data = {part.name: part.rows for part in parts}
        packed.writestr("your-data.json", json.dumps(data, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False))
        page = {"parts": parts, "person": person, "today": timezone.localdate()}
        packed.writestr("your-data.html", render_to_string("accounts/your_data_file.html", page))
        for name in files:
            with default_storage.open(name) as stored, packed.open(_get_archive_path(name), "w") as copy:
                for chunk in stored.chunks():
                    copy.write(chunk)
    archive.seek(0)
    return archive


def _get_archive_path(file_name: str) -> str:
    """Without folders above: a stored name is no path of the person's computer."""
    return f"{EXPORTED_FILES_FOLDER}/{'-'.join(part for part in PurePath(file_name).parts if part not in {'/', '..'})}"
