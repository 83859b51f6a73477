"""The privacy notice and the imprint of a coalition, with their earlier versions; and the notice of the site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.places.languages import get_language_name, get_text_direction
from jukwaa.privacy import actions, policies
from jukwaa.privacy.forms import ImprintForm, PrivacyNoticeForm
from jukwaa.privacy.models import Notice, NoticeVersion
from jukwaa.privacy.notices import diff_notice_texts, find_displayed_notice, render_notice_html
from jukwaa.privacy.site_notice_text import build_site_notice


@login_not_required
@require_GET
def notice_detail(request: Request, coalition: Coalition, kind: str) -> HttpResponse:
    shown = find_displayed_notice(coalition, _get_kind_or_404(kind))
    language = get_language() or "en"
    context = {
        "kind": Notice.Kind(kind),
        "shown": shown,
        "direction_of_text": get_text_direction(shown.language),
        "other_language": get_language_name(shown.language, language) if shown.language != language else "",
        "may_edit": policies.can_edit_notices(request.standing, coalition),
    }
    return render_page(request, "privacy/notice_detail.html", context)


@login_not_required
@require_GET
def notice_version(request: Request, coalition: Coalition, kind: str, pk: int) -> HttpResponse:
    rows = NoticeVersion.objects.filter(notice__coalition=coalition, notice__kind=_get_kind_or_404(kind))
    version = get_object_or_404(rows.select_related("notice__coalition"), pk=pk)
    before = rows.filter(notice=version.notice_id, pk__lt=version.pk).order_by("-pk").first()
    context = {
        "kind": Notice.Kind(kind),
        "version": version,
        "html": render_notice_html(version.text),
        "before": before,
        "changes": diff_notice_texts(before.text, version.text) if before else [],
        "direction_of_text": get_text_direction(version.notice.language),
    }
    return render_page(request, "privacy/notice_version.html", context)


def _get_publication_message(notice_kind: Notice.Kind) -> str:
    """Members are told of a changed privacy notice only."""
    if notice_kind == Notice.Kind.PRIVACY:
        return _("Notice published. We will notify members that the privacy notice has changed.")
    return _("Notice published.")


@require_http_methods(["GET", "POST"])
def notice_edit(request: MemberRequest, coalition: Coalition, kind: str) -> HttpResponse:
    """In the language in which the coordinator reads the page."""
    if not policies.can_edit_notices(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators can edit the privacy notice and the imprint of the coalition."))
    chosen, language = Notice.Kind(_get_kind_or_404(kind)), get_language() or "en"
    notice = Notice.objects.filter(coalition=coalition, kind=chosen, language=language).first()
    make_form = PrivacyNoticeForm if chosen == Notice.Kind.PRIVACY else ImprintForm
    form = make_form(get_form_data(request), notice=notice)
    return form_view(
        request,
        form,
        template="privacy/notice_edit.html",
        context={"kind": chosen, "language_name": get_language_name(language, language)},
        action=lambda: actions.save_privacy_notice(
            actor=request.user,
            coalition=coalition,
            notice_kind=chosen,
            language=language,
            fields=form.cleaned_data,
            seen_fingerprint=form.cleaned_data["seen"],
        ),
        current_values=lambda conflict: form.get_initial(conflict.current),
        success_message=_get_publication_message(chosen),
        redirect_to=lambda saved: saved,
    )


@login_not_required
@require_GET
def site_notice(request: Request) -> HttpResponse:
    """What holds for the whole site: who runs it, and what it keeps apart from the coalitions."""
    context = {"html": render_notice_html(build_site_notice()), "is_complete": bool(settings.OPERATOR)}
    return render_page(request, "privacy/site_notice.html", context)


def _get_kind_or_404(notice_kind: str) -> str:
    if notice_kind not in Notice.Kind.values:
        raise Http404
    return notice_kind
