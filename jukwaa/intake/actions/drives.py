"""Bringing a shared drive, opening to everyone what came in with it, and publishing what came in by mail."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.uploads import clean_filename
from jukwaa.intake import policies
from jukwaa.intake.models import Drive
from jukwaa.intake.tasks import read_drive
from jukwaa.records.actions import change_record, publish_record
from jukwaa.records.models import Document, Label, State


@action
def start_drive_import(*, actor: Person, coalition: Coalition, file: File[bytes], total: int) -> Drive:
    """Keep a ZIP that was looked into, and read it in the background. The same one while it is read is that one."""
    if not policies.can_import_drive(ViewerContext(actor), coalition):
        raise PermissionDenied
    file.open("rb")
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    there = Drive.objects.of(coalition).filter(digest=digest, state=Drive.State.READING).first()
    if there is not None:
        return there
    file.seek(0)
    name = clean_filename(file.name or "", fallback="drive.zip")
    drive = Drive(coalition=coalition, by=actor, name=name, digest=digest, total=total)
    drive.file.save(name, file, save=False)
    drive.save()
    record_activity(actor=actor, verb="brought", subject=drive, coalition=coalition)
    read_drive.enqueue(drive.pk)
    return drive


@action
def make_document_public(*, actor: Person, document: Document, from_version: int) -> Document:
    """From members alone to everyone. Opening what is open changes nothing.

    Raises PermissionDenied, and EditConflict.
    """
    if not policies.can_open_document(ViewerContext(actor), document) or document.label not in {
        Label.GREEN,
        Label.CLEAR,
    }:
        raise PermissionDenied
    if document.label == Label.CLEAR:
        return document
    return change_record(
        actor=actor, record=document, changes={"label": Label.CLEAR}, from_version=from_version, verb="opened"
    )


@action
def publish_document(*, actor: Person, document: Document) -> Document:
    """One that was submitted and is on no desk, for those whom its label names. Raises PermissionDenied.

    Publishing what is published changes nothing.
    """
    if document.state == State.PUBLISHED:
        return document
    if document.state != State.SUBMITTED or document.readings.exists():
        raise PermissionDenied(
            _("This document is part of a report import or has been withdrawn, so it cannot be published here.")
        )
    return publish_record(actor=actor, record=document)
