"""The shared drive: bringing it, seeing what became of its files, and setting who reads them."""

import json

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.accounts.identity import compute_keyed_digest
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.intake import actions, policies
from jukwaa.intake.forms import DocumentOpenForm, DriveImportForm, DriveLabelsForm
from jukwaa.intake.models import Drive, DriveEntry
from jukwaa.intake.models.drives import build_check_condition
from jukwaa.intake.source_readers import (
    describe_hidden_names,
    describe_hidden_names_in_files,
    list_check_sentences,
)
from jukwaa.records.models import Document, Label, State

CONFIRMATION_TEMPLATE = "records/ask.html"
ENTRIES_PER_PAGE = 50
DriveOutcome = DriveEntry.Outcome
TO_CHECK = "check"  # in the place of an outcome, for the table


@require_http_methods(["GET", "POST"])
def drive_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_import_drive(request.standing, coalition):
        raise PermissionDenied(_("Only the rapporteur, an editor or a coordinator can import a shared drive."))
    form = DriveImportForm(get_form_data(request), request.FILES if request.method == "POST" else None)
    return form_view(
        request,
        form,
        template="intake/drive_form.html",
        context=lambda: {"drives": Drive.objects.visible_to(request.user).of(coalition)[:10]},
        action=lambda: actions.start_drive_import(
            actor=request.user,
            coalition=coalition,
            uploaded_file=form.cleaned_data["file"],
            total_pages=form.total,
            tlp_label=form.cleaned_data["label"],
        ),
        redirect_to=lambda drive: drive,
    )


@require_GET
def drive_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    drive = get_object_or_404(Drive.objects.visible_to(request.user).of(coalition), pk=pk)
    return render_page(request, "intake/drive_detail.html", _build_drive_context(request, drive))


def _build_drive_context(request: MemberRequest, drive: Drive) -> dict[str, object]:
    """All files in one table, or those of one outcome; what is held is not among them."""
    changeable = actions.find_changeable_documents(drive, request.user, is_coordinator=request.standing.is_coordinator)
    entries = drive.entries.exclude(document__state=State.HELD)
    counts = entries.aggregate(
        to_check=Count("pk", filter=build_check_condition()),
        **{each.name: Count("pk", filter=Q(outcome=each)) for each in DriveOutcome},
    )
    to_check = counts.pop("to_check")
    outcome = request.GET.get("outcome", "")
    shown = entries.filter(outcome=outcome) if outcome in DriveOutcome.values else entries
    if outcome == TO_CHECK:
        shown = entries.to_check()
    page = Paginator(shown.select_related("document"), ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    pks = [entry.document_id for entry in page if entry.document_id is not None]
    found = Document.objects.visible_to(request.user).of(request.coalition).filter(pk__in=pks)
    return {
        "drive": drive,
        "waits": drive.state == Drive.State.READING,
        "page": page,
        "outcomes": [(each, counts[each.name]) for each in DriveOutcome if counts[each.name]],
        "outcome": outcome,
        "to_check": to_check,
        "total": sum(counts.values()),
        "linked": set(found.values_list("pk", flat=True)),
        "changeable": set(changeable.filter(pk__in=pks).values_list("pk", flat=True)),
        "form": DriveLabelsForm(offered_labels=()),
        "notes": drive.notes,
    }


@require_POST
def drive_labels(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Set who can read many files at once."""
    drive = get_object_or_404(Drive.objects.visible_to(request.user).of(coalition), pk=pk)
    is_coordinator = request.standing.is_coordinator
    offered = actions.find_changeable_documents(drive, request.user, is_coordinator=is_coordinator)
    unremarkable = actions.find_documents_without_remarks(drive, request.user, is_coordinator=is_coordinator)
    form = DriveLabelsForm(
        request.POST,
        offered_labels=offered.values_list("pk", flat=True),
        unremarkable_documents=unremarkable.values_list("pk", flat=True),
    )
    return form_view(
        request,
        form,
        confirm=lambda: _confirm_wider_readers(request, drive, form),
        action=lambda: actions.change_drive_labels(
            actor=request.user, drive=drive, document_ids=form.get_documents(), tlp_label=form.cleaned_data["label"]
        ),
        success_message=lambda changed: (
            ngettext("Readers changed for 1 file.", "Readers changed for %(n)d files.", changed) % {"n": changed}
            if changed
            else _("Nothing has been changed, because the files already have these readers.")
        ),
        redirect_to=drive,
        makes_public=request.POST.get("label") == Label.CLEAR,
    )


def _confirm_wider_readers(request: MemberRequest, drive: Drive, form: DriveLabelsForm) -> HttpResponse | None:
    """Ask once, before everyone can read the files, or members can read files that a person must check first.

    The action refuses to open restricted files for those who are no coordinators, so they are not asked about them. It
    asks again if other files would be opened than those that it has shown: some may still have been on their way.
    """
    label = form.cleaned_data["label"]
    if label == Label.RED:
        return None
    entries = list(
        actions.find_entries_to_open(
            drive,
            request.user,
            document_ids=form.get_documents(),
            tlp_label=label,
            is_coordinator=request.standing.is_coordinator,
        )
    )
    confirmation_key = _build_confirmation_key(drive, entries, label)
    if form.cleaned_data["confirmed"] == confirmation_key:
        return None
    to_check = [
        entry
        for entry in entries
        if entry.check_sentences or (entry.outcome == DriveOutcome.RESTRICTED and request.standing.is_coordinator)
    ]
    if not to_check and (label != Label.CLEAR or not entries):
        return None
    context = {
        "drive": drive,
        "form": form,
        "for_everyone": label == Label.CLEAR,
        "file_count": len(entries),
        "entries": to_check,
        "hidden_names": describe_hidden_names_in_files(entries) if label == Label.CLEAR else "",
        "confirmation_key": confirmation_key,
    }
    return render_page(request, "intake/drive_readers_confirm.html", context)


def _build_confirmation_key(drive: Drive, entries: list[DriveEntry], tlp_label: str) -> str:
    documents = sorted((entry.document.pk, entry.document.version) for entry in entries if entry.document)
    return compute_keyed_digest(f"drive.{drive.pk}", json.dumps([tlp_label, documents]))


@require_POST
def document_open(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.visible_to(request.user).of(coalition), pk=pk)
    version = request.POST.get("version", "")
    from_version = int(version) if version.isdecimal() and len(version) < 10 else 0  # noqa: PLR2004 - of a version
    return form_view(
        request,
        confirm=lambda: _confirm_public_document(request, document, from_version),
        action=lambda: actions.make_document_public(actor=request.user, document=document, from_version=from_version),
        success_message=_("Everyone can now read this document."),
        redirect_to=document,
    )


def _confirm_public_document(request: MemberRequest, document: Document, from_version: int) -> HttpResponse | None:
    """Ask once, if a person must check the file first, or if the document names people whose names are not public."""
    if document.label == Label.CLEAR or not policies.can_make_document_public(request.standing, document):
        return None
    sentences = [*list_check_sentences(document), *filter(None, [describe_hidden_names(document)])]
    key = compute_keyed_digest(f"document.{document.pk}", json.dumps([from_version, sentences]))
    if not sentences or request.POST.get("confirmed") == key:
        return None
    context = {
        "title": _("Let everyone read this document?"),
        "object": document.title,
        "sentences": sentences,
        "button": _("Let everyone read it"),
        "back": document.get_absolute_url(),
        "form": DocumentOpenForm(initial={"version": from_version, "confirmed": key}),
    }
    return render_page(request, CONFIRMATION_TEMPLATE, context)


@require_POST
def document_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.visible_to(request.user).of(coalition), pk=pk)
    document.coalition = coalition
    return form_view(
        request,
        action=lambda: actions.publish_restricted_document(actor=request.user, document=document),
        success_message=_("Document published."),
        redirect_to=document,
    )
