"""Bringing a shared drive, setting who reads what came in with it, and publishing what came in by mail."""

import hashlib
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.uploads import clean_filename
from jukwaa.intake import policies
from jukwaa.intake.models import Drive, DriveEntry
from jukwaa.intake.source_readers import build_chatham_house_rule_source_filter, set_coordinators_as_readers
from jukwaa.intake.tasks import read_drive
from jukwaa.records.actions import change_record, publish_record
from jukwaa.records.models import Audience, Document, Label, State, Version


@action
def start_drive_import(
    *, actor: Person, coalition: Coalition, uploaded_file: File[bytes], total_pages: int, tlp_label: str = Label.RED
) -> Drive:
    """Keep a ZIP that was looked into, and read it in the background. The same one while it is read is that one.

    `tlp_label`: who reads its files, members or (TLP:RED) the coordinators alone. Raises PermissionDenied.
    """
    if tlp_label not in {Label.GREEN, Label.RED} or not policies.can_import_drive(ViewerContext(actor), coalition):
        raise PermissionDenied
    uploaded_file.open("rb")
    digest = hashlib.file_digest(uploaded_file, "sha256").hexdigest()
    there = Drive.objects.of(coalition).filter(digest=digest, state=Drive.State.READING).first()
    if there is not None:
        return there
    uploaded_file.seek(0)
    name = clean_filename(uploaded_file.name or "", fallback_name="drive.zip")
    drive = Drive(coalition=coalition, by=actor, name=name, label=tlp_label, digest=digest, total=total_pages)
    drive.file.save(name, uploaded_file, save=False)
    drive.save()
    record_activity(actor=actor, verb="brought", subject=drive, coalition=coalition)
    read_drive.enqueue(drive.pk)
    return drive


@action
def make_document_public(*, actor: Person, document: Document, from_version: int) -> Document:
    """From members alone to everyone. Opening what is open changes nothing.

    Raises PermissionDenied, EditConflict, and ActionRefused for a spreadsheet that was kept for coordinators.
    """
    if not policies.can_make_document_public(ViewerContext(actor), document) or document.label not in {
        Label.GREEN,
        Label.CLEAR,
    }:
        raise PermissionDenied
    if document.label == Label.CLEAR:
        return document
    if DriveEntry.objects.filter(outcome=DriveEntry.Outcome.RESTRICTED, document=document).exists():
        raise ActionRefused(
            _(
                "You cannot make this spreadsheet available to everyone, because it may contain personal email"
                " addresses. Upload a copy without them, and make that copy available instead."
            )
        )
    return change_record(
        actor=actor, record=document, changes={"label": Label.CLEAR}, from_version=from_version, activity_verb="opened"
    )


@action
def change_drive_labels(*, actor: Person, drive: Drive, document_ids: Collection[int] | None, tlp_label: str) -> int:
    """Set who can read documents of a drive: some of them, or all. Return how many were changed.

    Documents that were withdrawn, or that the actor may not read, stay as they are. TLP:RED names the coordinators.
    So do sources under the Chatham House Rule, and what only coordinators may change: see `find_changeable_documents`.
    What is kept for coordinators is opened to members only by a coordinator who chose it, and never with all others.
    Raises PermissionDenied, and ActionRefused for opening what is kept for coordinators.
    """
    viewer = ViewerContext(actor)
    if tlp_label not in {Label.CLEAR, Label.GREEN, Label.RED} or not policies.can_import_drive(viewer, drive.coalition):
        raise PermissionDenied
    rows = find_changeable_documents(drive, actor, is_coordinator=viewer.standing(drive).is_coordinator)
    if document_ids is not None:
        rows = rows.filter(pk__in=document_ids)
    restricted = drive.entries.filter(outcome=DriveEntry.Outcome.RESTRICTED, document__in=rows.values("pk"))
    if tlp_label == Label.CLEAR and restricted.exists():
        raise ActionRefused(
            _(
                "Deselect the files that only coordinators can read. You cannot make them available to everyone,"
                " because they may contain many personal email addresses."
            )
        )
    closed = restricted.filter(document__label=Label.RED)
    if tlp_label == Label.GREEN and document_ids is None:
        rows = rows.exclude(pk__in=closed.values("document"))
    elif tlp_label == Label.GREEN and closed.exists() and not policies.can_open_restricted_files(viewer, drive):
        raise ActionRefused(
            _("Deselect the files that only coordinators can read. Only a coordinator can give members access to them.")
        )
    return sum(_change_document_label(actor, document, tlp_label) for document in rows.order_by("pk"))


def find_documents_without_remarks(drive: Drive, actor: Person, *, is_coordinator: bool) -> QuerySet[Document]:
    """Return the changeable documents of a drive that nobody must check before more people can read them."""
    to_check = drive.entries.to_check().filter(document=OuterRef("pk"))
    return find_changeable_documents(drive, actor, is_coordinator=is_coordinator).exclude(Exists(to_check))


def find_entries_to_open(
    drive: Drive, actor: Person, *, document_ids: Collection[int] | None, tlp_label: str, is_coordinator: bool
) -> QuerySet[DriveEntry]:
    """Return the files of a drive that more people could read with this label, with their documents."""
    rows = find_changeable_documents(drive, actor, is_coordinator=is_coordinator)
    rows = rows.exclude(label__in={Label.CLEAR, tlp_label})
    if document_ids is not None:
        rows = rows.filter(pk__in=document_ids)
    opened = drive.entries.filter(document__in=rows.values("pk")).exclude(outcome=DriveEntry.Outcome.DUPLICATE)
    if tlp_label == Label.GREEN and document_ids is None:
        opened = opened.exclude(outcome=DriveEntry.Outcome.RESTRICTED)
    return opened.select_related("document__coalition")


def find_changeable_documents(drive: Drive, actor: Person, *, is_coordinator: bool) -> QuerySet[Document]:
    """Return the published documents that came in with a drive, and whose readers the actor may read and change.

    As `actions.document_readers` has it: coordinators alone change sources of reports, and what another person closed.
    """
    made = drive.entries.exclude(outcome=DriveEntry.Outcome.DUPLICATE).filter(document__isnull=False)
    readable = Document.objects.visible_to(actor).of(drive.coalition)
    rows = readable.filter(pk__in=made.values("document"), state=State.PUBLISHED).exclude(
        build_chatham_house_rule_source_filter()
    )
    if is_coordinator:
        return rows
    own = Version.objects.filter(record=OuterRef("pk"), number=OuterRef("version"), author=actor)
    return rows.filter(~Q(label=Label.RED) | Exists(own), readings__isnull=True)


def _change_document_label(actor: Person, document: Document, tlp_label: str) -> bool:
    if document.label == tlp_label or not policies.can_open_document(ViewerContext(actor), document):
        return False
    change_record(
        actor=actor,
        record=document,
        changes={"label": tlp_label},
        from_version=document.version,
        activity_verb="opened" if tlp_label == Label.CLEAR else "changed",
        is_trusted=True,
    )
    if tlp_label == Label.RED:
        set_coordinators_as_readers(document)
    else:
        Audience.objects.filter(record=document.pk).delete()
    return True


@action
def publish_restricted_document(*, actor: Person, document: Document) -> Document:
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
