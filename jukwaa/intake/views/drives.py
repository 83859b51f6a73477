"""The shared drive: bringing it, seeing how far it is, and opening its documents one by one."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.intake import actions, policies
from jukwaa.intake.forms import DriveForm
from jukwaa.intake.models import Drive
from jukwaa.records.models import Document

NOTES_PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def drive_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_import_drive(request.standing, coalition):
        raise PermissionDenied(_("Only the rapporteur, an editor or a coordinator can import a shared drive."))
    form = DriveForm(get_form_data(request), request.FILES if request.method == "POST" else None)
    return form_view(
        request,
        form,
        template="intake/drive_form.html",
        context=lambda: {"drives": Drive.objects.visible_to(request.user).of(coalition)[:10]},
        action=lambda: actions.start_drive_import(
            actor=request.user, coalition=coalition, file=form.cleaned_data["file"], total=form.total
        ),
        redirect_to=lambda drive: drive,
    )


@require_GET
def drive_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    drive = get_object_or_404(Drive.objects.visible_to(request.user).of(coalition), pk=pk)
    context = {
        "drive": drive,
        "waits": drive.state == Drive.State.READING,
        "page": Paginator(drive.notes, NOTES_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render_page(request, "intake/drive_detail.html", context)


@require_POST
def document_open(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.visible_to(request.user).of(coalition), pk=pk)
    version = request.POST.get("version", "")
    from_version = int(version) if version.isdecimal() and len(version) < 10 else 0  # noqa: PLR2004 - of a version
    return form_view(
        request,
        action=lambda: actions.make_document_public(actor=request.user, document=document, from_version=from_version),
        success=_("Everyone can now read this document."),
        redirect_to=document,
    )


@require_POST
def document_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.visible_to(request.user).of(coalition), pk=pk)
    document.coalition = coalition
    return form_view(
        request,
        action=lambda: actions.publish_document(actor=request.user, document=document),
        success=_("Document published."),
        redirect_to=document,
    )
