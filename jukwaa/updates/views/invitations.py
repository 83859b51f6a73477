"""Inviting the people of the directory: write, preview, send, and see what became of each invitation."""

from collections import Counter
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.mail.backends import is_email_saved_to_files
from jukwaa.updates import actions, policies
from jukwaa.updates.forms_invitations import ALL, SOME, InvitationForm
from jukwaa.updates.invitation_emails import (
    INVITATION_REMINDER_PAUSE,
    get_due_reminders,
    get_invitable_people,
    render_invitation,
)
from jukwaa.updates.invitation_recipients import Recipient, load_recipients
from jukwaa.updates.invitation_texts import (
    PAGE_LANGUAGES,
    build_suggested_invitation_text,
    choose_suggestion_language,
    describe_suggestion_language,
    get_suggestion_choices,
)
from jukwaa.updates.models import Invitation, InvitationRound

ROWS_PER_PAGE = 50
EMAILS_PER_PAGE = 25


def _require_inviting_coordinator(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_send_invitations(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators can invite people."))


def _get_round_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> InvitationRound:
    rows = InvitationRound.objects.visible_to(request.user).of(coalition).select_related("coalition", "by")
    return get_object_or_404(rows, pk=pk)


def _get_invitation_list_url(coalition: Coalition) -> str:
    return reverse("updates:invitation_list", args=[coalition.slug])


@require_GET
def invitation_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Who was invited, and what became of each invitation."""
    _require_inviting_coordinator(request, coalition)
    rows = Invitation.objects.of(coalition).sent().select_related("person", "message", "round")
    latest: dict[int, Invitation] = {}
    for invitation in rows.order_by("sent_at", "pk"):
        latest[invitation.person_id] = invitation
    invitations = sorted(latest.values(), key=lambda each: (list(Invitation.Status).index(each.status), each.pk))
    counts = Counter(invitation.status for invitation in invitations)
    context = {
        "page": Paginator(invitations, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "counts": [
            (_describe_invitation_status(status), counts[status]) for status in Invitation.Status if counts[status]
        ],
        "sent_label": _describe_invitation_status(Invitation.Status.SENT),
        "invitable": get_invitable_people(request.standing).exists(),
        "drafts": InvitationRound.objects.visible_to(request.user).of(coalition).filter(sent_at=None),
        "due": sum(each.status == Invitation.Status.SENT for each in get_due_reminders(coalition)),
        "pause": INVITATION_REMINDER_PAUSE.days,
        "mail_goes_to_files": is_email_saved_to_files(),
    }
    return render_page(request, "updates/invitation_list.html", context)


def _describe_invitation_status(invitation_status: Invitation.Status) -> str:
    """As the status is called; without a mail server, nothing has been sent to anybody."""
    if invitation_status == Invitation.Status.SENT and is_email_saved_to_files():
        return _("Saved as a file")
    return str(invitation_status.label)


@require_http_methods(["GET", "POST"])
def invitation_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_inviting_coordinator(request, coalition)
    page_language = get_language() or "en"
    language = choose_suggestion_language(coalition, request.GET.get("language", ""), page_language)
    subject, message = build_suggested_invitation_text(coalition, request.user, language)
    email_language = language if language in PAGE_LANGUAGES else page_language
    recipients = load_recipients(coalition, list(get_invitable_people(request.standing)))
    has_everyone = any(each.is_included_in_everyone for each in recipients)
    to = ALL if has_everyone or not recipients else SOME
    initial = {"language": email_language, "subject": subject, "message": message, "to": to}
    context = {
        "suggestions": get_suggestion_choices(),
        "about_language": describe_suggestion_language(coalition, language, page_language),
    }
    return _handle_invitation_form(request, coalition, initial, recipients, context=context)


@require_http_methods(["GET", "POST"])
def invitation_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    _require_inviting_coordinator(request, coalition)
    draft = _get_round_or_404(request, coalition, pk)
    initial = {name: getattr(draft, name) for name in ("language", "subject", "message")}
    people = set(draft.invitations.values_list("person", flat=True))
    recipients = load_recipients(coalition, list(get_invitable_people(request.standing)))
    chosen = {each.person.pk for each in recipients} & people
    is_for_all = chosen == {each.person.pk for each in recipients if each.is_included_in_everyone}
    initial |= {"to": ALL} if is_for_all else {"to": SOME, "people": list(people)}
    return _handle_invitation_form(request, coalition, initial, recipients, draft)


def _handle_invitation_form(
    request: MemberRequest,
    coalition: Coalition,
    initial: Mapping[str, object],
    recipients: list[Recipient],
    draft_round: InvitationRound | None = None,
    context: Mapping[str, object] | None = None,
) -> HttpResponse:
    form = InvitationForm(get_form_data(request), initial=initial, recipients=recipients)

    def save_round_from_form() -> InvitationRound:
        words = {name: form.cleaned_data[name] for name in ("language", "subject", "message")}
        return actions.save_invitation_round(
            actor=request.user, coalition=coalition, people=form.chosen, draft=draft_round, **words
        )

    return form_view(
        request,
        form,
        template="updates/invitation_form.html",
        context={"draft": draft_round, "cancel": draft_round or _get_invitation_list_url(coalition), **(context or {})},
        action=save_round_from_form,
        redirect_to=lambda saved: saved,
    )


@require_GET
def invitation_preview(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Each email of a round as its reader will get it, but for the links, which are theirs alone."""
    _require_inviting_coordinator(request, coalition)
    shown = _get_round_or_404(request, coalition, pk)
    rows = shown.invitations.select_related("person", "message").order_by("person__name", "pk")
    page = Paginator(rows, EMAILS_PER_PAGE).get_page(request.GET.get("page"))
    for invitation in page:
        invitation.round = shown
    context = {
        "round": shown,
        "page": page,
        "emails": [(invitation, render_invitation(invitation)) for invitation in page],
        "total": page.paginator.count,
        "mail_goes_to_files": is_email_saved_to_files(),
    }
    return render_page(request, "updates/invitation_preview.html", context)


@require_POST
def invitation_send(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    _require_inviting_coordinator(request, coalition)
    draft = _get_round_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.send_invitations(actor=request.user, draft_round=draft),
        success_message=_describe_sent_invitations,
        redirect_to=_get_invitation_list_url(coalition),
    )


def _describe_sent_invitations(sent_count: int) -> str:
    if not sent_count:
        return ""
    return ngettext("1 invitation will be sent now.", "%(n)d invitations will be sent now.", sent_count) % {
        "n": sent_count
    }


@require_POST
def invitation_delete(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    _require_inviting_coordinator(request, coalition)
    draft = _get_round_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.delete_invitation_round(actor=request.user, draft_round=draft),
        success_message=_("Draft deleted."),
        redirect_to=_get_invitation_list_url(coalition),
    )


@require_POST
def invitation_remind(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_inviting_coordinator(request, coalition)
    return form_view(
        request,
        action=lambda: actions.remind_invited_people(actor=request.user, coalition=coalition),
        success_message=lambda sent: (
            ngettext("1 reminder will be sent now.", "%(n)d reminders will be sent now.", sent) % {"n": sent}
            if sent
            else ""
        ),
        redirect_to=_get_invitation_list_url(coalition),
    )
