"""What becomes of ideas: answered by those who keep the minutes, merged by authors and coordinators."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings import policies
from jukwaa.meetings.actions import idea_answers, idea_merges
from jukwaa.meetings.forms_ideas import DeclineIdeaForm, IdeaAgendaForm, IdeaOutcomeForm, MergeIdeasForm
from jukwaa.meetings.idea_pages import find_readable_ideas
from jukwaa.meetings.models import Idea, MergeRequest
from jukwaa.meetings.planned_meetings import find_planned_meetings
from jukwaa.meetings.views.ideas import build_idea_context, get_idea_or_404
from jukwaa.records.models import Link, State
from jukwaa.records.provenance import get_cached_linked_records

IDEA_FORM_TEMPLATE = "meetings/idea_form.html"


def _get_answerable_idea(request: MemberRequest, coalition: Coalition, pk: int) -> Idea:
    """Return the idea. Raises Http404, and PermissionDenied unless the viewer may answer ideas."""
    idea = get_idea_or_404(request, coalition, pk)
    if not policies.can_answer_idea(request.standing, idea):
        raise PermissionDenied(_("Only the rapporteur, editors and coordinators can answer ideas."))
    return idea


@require_http_methods(["GET", "POST"])
def idea_agenda(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    idea = _get_answerable_idea(request, coalition, pk)
    meetings = find_planned_meetings(request.user, coalition)
    initial = {"meeting": meetings.first(), "title": idea.title[:200]}
    form = IdeaAgendaForm(get_form_data(request), meetings=meetings, initial=initial)
    context = build_idea_context(idea, _("Add this idea to an agenda"), _("Add to agenda"))
    return form_view(
        request,
        form,
        template=IDEA_FORM_TEMPLATE,
        context=context
        | {"lead": _("We will email everyone who suggested or supports the idea."), "has_no_meeting": not meetings},
        action=lambda: idea_answers.put_idea_on_agenda(
            actor=request.user, idea=idea, meeting=form.cleaned_data["meeting"], title=form.cleaned_data["title"]
        ),
        success_message=_("The idea is now an agenda item."),
        redirect_to=idea,
    )


@require_http_methods(["GET", "POST"])
def idea_outcome(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    idea = _get_answerable_idea(request, coalition, pk)
    form = IdeaOutcomeForm(
        get_form_data(request),
        viewer=request.user,
        coalition=coalition,
        initial=_get_suggested_outcome_values(request, idea),
    )
    context = build_idea_context(idea, _("Record the outcome of this idea"), _("Save"))
    return form_view(
        request,
        form,
        template=IDEA_FORM_TEMPLATE,
        context=context | {"lead": _("We will email everyone who suggested or supports the idea.")},
        action=lambda: idea_answers.record_idea_outcome(
            actor=request.user, idea=idea, record=form.cleaned_data["record"]
        ),
        success_message=_("Outcome saved. The idea now links to the record."),
        redirect_to=idea,
    )


def _get_suggested_outcome_values(request: MemberRequest, idea: Idea) -> dict[str, str]:
    """Return the initial value: a record that was begun from the idea."""
    ties = (tie for tie in get_cached_linked_records(idea, request.standing) if tie.relation == Link.Relation.BEGAN_AS)
    began = (tie.record for tie in ties if not tie.points and tie.record.state == State.PUBLISHED)
    found = next(began, None)
    return {"record": found.get_absolute_url()} if found else {}


@require_http_methods(["GET", "POST"])
def idea_decline(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    idea = _get_answerable_idea(request, coalition, pk)
    form = DeclineIdeaForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=IDEA_FORM_TEMPLATE,
        context=build_idea_context(idea, _("Decline this idea"), _("Decline idea")),
        action=lambda: idea_answers.decline_idea(actor=request.user, idea=idea, reason=form.cleaned_data["reason"]),
        success_message=_("The idea has been declined."),
        redirect_to=idea,
    )


@require_POST
def idea_reopen(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    idea = _get_answerable_idea(request, coalition, pk)
    return form_view(
        request,
        action=lambda: idea_answers.reopen_idea(actor=request.user, idea=idea),
        success_message=_("The idea is open again."),
        redirect_to=idea,
    )


@require_http_methods(["GET", "POST"])
def idea_merge(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    idea = get_idea_or_404(request, coalition, pk)
    if not policies.can_support_idea(request.standing, idea):
        raise PermissionDenied(_("Only members can ask to merge ideas."))
    others = find_readable_ideas(request.user, coalition).open().exclude(pk=pk).order_by("title", "pk")
    form = MergeIdeasForm(get_form_data(request), ideas=others)
    lead = _(
        "The author of the other idea or a coordinator will decide. If the ideas are merged, the supporters of this"
        " idea will become supporters of the other idea."
    )
    return form_view(
        request,
        form,
        template=IDEA_FORM_TEMPLATE,
        context=build_idea_context(idea, _("Ask to merge this idea"), _("Send request")) | {"lead": lead},
        action=lambda: idea_merges.request_idea_merge(
            actor=request.user, idea=idea, target_idea=form.cleaned_data["into"]
        ),
        success_message=_("Your request has been sent. The decision will be shown on this page."),
        redirect_to=idea,
    )


def _get_merge_request_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> MergeRequest:
    readable = Idea.objects.visible_to(request.user).of(coalition)
    rows = MergeRequest.objects.filter(readable.exists_for("idea"), readable.exists_for("into"))
    return get_object_or_404(rows.select_related("idea__coalition", "into__coalition", "person"), pk=pk)


@require_POST
def merge_accept(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    asked = _get_merge_request_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: idea_merges.accept_idea_merge(actor=request.user, request=asked),
        success_message=_("The ideas have been merged."),
        redirect_to=asked.into,
    )


@require_POST
def merge_decline(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    asked = _get_merge_request_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: idea_merges.decline_idea_merge(actor=request.user, request=asked),
        success_message=_("The request has been declined. The ideas have not been changed."),
        redirect_to=asked.idea,
    )
