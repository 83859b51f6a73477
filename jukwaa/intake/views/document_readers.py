"""Changing who can read the source of a report."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.intake import actions, policies
from jukwaa.intake.forms import DocumentReadersForm
from jukwaa.intake.source_readers import describe_hidden_names, list_check_sentences
from jukwaa.records.models import Document, Label, State


@require_http_methods(["GET", "POST"])
def document_readers(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.visible_to(request.user).of(coalition), pk=pk)
    document.coalition = coalition
    if not policies.can_change_document_readers(request.standing, document):
        raise PermissionDenied(_("Only a coordinator can change who can read this document."))
    back = document if document.state == State.PUBLISHED else document.readings.get()
    form = DocumentReadersForm(get_form_data(request), initial={"label": document.label, "version": document.version})
    return form_view(
        request,
        form,
        template="intake/document_readers.html",
        context={
            "document": document,
            "back": back.get_absolute_url(),
            "hidden_names": describe_hidden_names(document),
            "check_sentences": list_check_sentences(document),
        },
        action=lambda: actions.change_document_readers(
            actor=request.user,
            document=document,
            tlp_label=form.cleaned_data["label"],
            from_version=form.cleaned_data["version"],
        ),
        success_message=_("Readers saved."),
        redirect_to=back,
        makes_public=request.POST.get("label") == Label.CLEAR,
    )
