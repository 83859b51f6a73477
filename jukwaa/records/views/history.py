"""What a record said before: read, compared, restored, and erased by the safeguarding lead alone."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.public_names import NamingWords, PublicNames
from jukwaa.coalitions.views.public_names import confirm_public_names
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_page
from jukwaa.records import policies
from jukwaa.records.actions import purge_record_versions, restore_record_version
from jukwaa.records.forms import CompareForm, RestoreForm
from jukwaa.records.history import compare_record_versions, get_version_lines, get_version_text
from jukwaa.records.models import Label, Record, State, Version
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE, AnyRequest, get_record_or_404


@login_not_required
@require_GET
def record_history(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The versions, newest first; with `?old=1&new=3` what changed between two of them."""
    record = get_record_or_404(request, coalition, pk)
    versions = list(Version.objects.visible_to(request.user).filter(record=record).select_related("author"))
    by_number = {version.number: version for version in versions}
    form = CompareForm(request.GET)
    numbers = sorted(form.cleaned_data.get(name) or 0 for name in ("old", "new")) if form.is_valid() else [0, 0]
    old, new = (by_number.get(number) for number in numbers)
    changes = compare_record_versions(record.whole(), old, new) if old and new else None
    context = {"record": record, "versions": versions, "old": old, "new": new, "changes": changes}
    return render_page(request, "records/history.html", context)


@login_not_required
@require_GET
def record_version_detail(request: Request, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    record = get_record_or_404(request, coalition, pk)
    version = _get_version_or_404(request, record, number)
    may_change = request.user.is_authenticated and policies.can_change_record(request.standing, record)
    context = {
        "record": record,
        "version": version,
        "lines": get_version_lines(record.whole(), version),
        "may_restore": may_change and version.number != record.version and not record.whole().is_settled,
        "may_purge": request.standing.is_safeguarding_lead and version.number != record.version,
    }
    return render_page(request, "records/version_detail.html", context)


@require_POST
def record_version_restore(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    record = get_record_or_404(request, coalition, pk)
    version = _get_version_or_404(request, record, number)
    form = RestoreForm(request.POST)
    to_history = redirect("records:history", coalition.slug, record.pk)
    return form_view(
        request,
        form,
        confirm=lambda: _confirm_names_in_version(request, form, record.whole(), version),
        action=lambda: restore_record_version(
            actor=request.user,
            record=record.whole(),
            version_number=version.number,
            from_version=form.cleaned_data["version"] or 0,
        ),
        success_message=_("Version %(number)s has been restored as a new version.") % {"number": version.number},
        redirect_to=to_history,
    )


def _confirm_names_in_version(
    request: MemberRequest, form: RestoreForm, record: Record, version: Version
) -> HttpResponse | None:
    """Ask once, if everyone reads the record and the version names people whom it does not name now."""
    public_names = PublicNames.of_writer(request.standing)
    if public_names is None or record.state != State.PUBLISHED or record.label != Label.CLEAR:
        return None
    current = Version.objects.filter(record=record.pk, number=record.version).first()
    now = set(public_names.find_names(get_version_text(record, current) if current else ""))
    names = [name for name in public_names.find_names(get_version_text(record, version)) if name not in now]
    url = reverse("records:version_detail", args=[record.coalition.slug, record.pk, version.number])
    title = _("Version %(number)s") % {"number": version.number}
    context = {
        "title": _("Restore version %(number)s?") % {"number": version.number},
        "object": record.title,
        "button": _("Restore this version"),
        "back": url,
        "form": form,
    }
    found = [NamingWords(title, url, names)] if names else []
    return confirm_public_names(request, found, template=CONFIRMATION_TEMPLATE, context=context, for_members=True)


@require_http_methods(["GET", "POST"])
def record_version_purge(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    record = get_record_or_404(request, coalition, pk)
    version = _get_version_or_404(request, record, number)
    if not policies.can_quarantine_record(request.standing, record):
        raise PermissionDenied
    question = {
        "title": _("Delete version %(number)s") % {"number": version.number},
        "object": record.title,
        "sentences": [
            _(
                "The text of this version will be deleted permanently. The record will still "
                "show that it existed and who deleted it."
            )
        ],
        "button": _("Delete permanently"),
        "stop": True,
        "back": record.get_absolute_url(),
    }
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=question,
        action=lambda: purge_record_versions(actor=request.user, record=record, version_numbers=[version.number]),
        success_message=_("Version %(number)s has been deleted.") % {"number": version.number},
        redirect_to=reverse("records:history", args=[coalition.slug, record.pk]),
    )


def _get_version_or_404(request: AnyRequest, record: Record, version_number: int) -> Version:
    return get_object_or_404(Version.objects.visible_to(request.user).filter(record=record), number=version_number)
