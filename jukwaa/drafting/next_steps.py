"""The one step that comes next for those who write a text: from its first clause to what is published."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.standing import Standing
from jukwaa.core.templatetags.jukwaa import day
from jukwaa.drafting import policies
from jukwaa.drafting.actions.publishing import AGREED_CALL_OUTCOMES
from jukwaa.drafting.answer_queries import find_unanswered_inputs
from jukwaa.drafting.closing_times import format_closing_time
from jukwaa.drafting.consultation_audience import get_allowed_audiences
from jukwaa.drafting.models import Call, Consultation, Edition, Placement, Revision, Text
from jukwaa.records.models import State


@dataclass(frozen=True)
class NextStep:
    """What comes next, in a sentence, and the page on which it is done: for those who may."""

    sentence: str
    button: str = ""
    to: str = ""
    is_due: bool = True  # else there is nothing to do but wait


@dataclass(frozen=True)
class NextStepFacts:
    """What the step hangs on, beside the text, its latest revision and its consultation."""

    waiting: int  # inputs without an answer
    published: frozenset[int]  # the revisions that are editions


def get_next_step(
    text: Text,
    viewer_standing: Standing,
    revision: Revision | None,
    *,
    consultation: Consultation | None,
    consensus_call: Call | None,
) -> NextStep | None:
    """None for those who neither write it nor manage its call, where nothing is left to do, and where the page asks
    to open it.
    """
    if not text.is_open_to_change:
        return None
    if not policies.can_draft_text(viewer_standing, text):
        return _get_manager_step(text, viewer_standing, consensus_call)
    if revision is None:
        return _get_first_revision_step(text)
    return (
        _get_current_step(text, viewer_standing, revision, consultation, consensus_call)
        if text.state == State.PUBLISHED
        else None
    )


def _get_manager_step(text: Text, standing: Standing, consensus_call: Call | None) -> NextStep | None:
    """For a chair who does not write the text: only its call."""
    if consensus_call is None or consensus_call.outcome or not policies.can_manage_call(standing, text):
        return None
    return _get_call_step(text, standing, consensus_call)


def _get_current_step(
    text: Text,
    viewer_standing: Standing,
    revision: Revision,
    consultation: Consultation | None,
    consensus_call: Call | None,
) -> NextStep | None:
    """Whatever is under way comes first: a call, inputs that wait, a consultation."""
    if consensus_call is not None and not consensus_call.outcome:
        return _get_call_step(text, viewer_standing, consensus_call)
    facts = get_or_build_cached(text.coalition, f"step-{text.pk}", lambda: _load_step_facts(text))
    if facts.waiting:
        return _get_answers_step(text, facts.waiting)
    if consultation is not None and not consultation.is_over:
        return _get_consultation_step(consultation)
    outcome = consensus_call.outcome if consensus_call and consensus_call.revision_id == revision.pk else ""
    return _get_idle_step(
        text, viewer_standing, revision, facts.published, outcome, was_consulted=consultation is not None
    )


def _load_step_facts(text: Text) -> NextStepFacts:
    published = Edition.objects.filter(text=text.pk).values_list("revision", flat=True)
    return NextStepFacts(find_unanswered_inputs(text).count(), frozenset(published))


def get_latest_call(text: Text) -> Call | None:
    """The latest that was not restarted. Read once until something is written."""
    calls = Call.objects.filter(text=text.pk).exclude(outcome=Call.Outcome.RESTARTED).select_related("revision")
    return next(iter(get_or_build_cached(text.coalition, f"call-{text.pk}", lambda: list(calls[:1]))), None)


def _get_first_revision_step(text: Text) -> NextStep:
    if Placement.objects.now(text).exists():
        if get_allowed_audiences(text):
            sentence = _(
                "Next: open a consultation on this text, or create a revision to share it without a consultation."
            )
            return NextStep(sentence, _("Open a consultation on this text"), _build_step_url("consultation_new", text))
        sentence = _("Next: create a revision, so that readers can see the text and respond to it.")
        return NextStep(sentence, _("Create a revision"), _build_step_url("revision_new", text))
    return NextStep(_("Next: write the first clause."), _("Edit the text"), _build_step_url("text_write", text))


def _get_call_step(text: Text, viewer_standing: Standing, call: Call) -> NextStep | None:
    """Until it closes there is nothing to do, and the page says so; then its outcome is declared."""
    if call.is_open:
        return None
    if policies.can_manage_call(viewer_standing, text):
        sentence = _("Next: declare the outcome of the call.")
        return NextStep(sentence, _("Declare the outcome"), _build_step_url("call_declare", text, call.pk))
    return NextStep(_("The call has closed. A coordinator or the chair will declare the outcome."), is_due=False)


def _get_answers_step(text: Text, waiting_count: int) -> NextStep:
    sentence = ngettext("Next: respond to %(n)s input.", "Next: respond to %(n)s inputs.", waiting_count) % {
        "n": waiting_count
    }
    return NextStep(sentence, _("Respond to inputs"), _build_step_url("answers", text))


def _get_consultation_step(consultation: Consultation) -> NextStep:
    """It goes on, or begins on a day to come: the page says so below, with the way to it."""
    if consultation.is_open:
        until = {"day": format_closing_time(consultation.closes_at)}
        sentence = _("The consultation is open until %(day)s. All inputs so far have a response.") % until
    else:
        sentence = _("The consultation opens on %(day)s.") % {"day": day(timezone.localdate(consultation.opens_at))}
    return NextStep(sentence, is_due=False)


def _get_idle_step(
    text: Text,
    viewer_standing: Standing,
    revision: Revision,
    published_revisions: frozenset[int],
    outcome: str,
    *,
    was_consulted: bool,
) -> NextStep | None:
    """Nothing is under way: on to a revision, to asking, to a call, to what is published."""
    if revision.step != text.step:
        sentence = _("Next: create a revision, so that readers can see what has changed.")
        return NextStep(sentence, _("Create a revision"), _build_step_url("revision_new", text))
    is_decided = text.is_decision and outcome not in ("", Call.Outcome.NO_CONSENSUS)
    if revision.pk in published_revisions or is_decided:
        return None
    if published_revisions or outcome in AGREED_CALL_OUTCOMES:
        return _get_publication_step(text, viewer_standing, is_first=not published_revisions)
    if outcome:
        return NextStep(
            _("Next: change the text. There was no consensus on the latest revision."),
            _("Edit the text"),
            _build_step_url("text_write", text),
        )
    return _get_agreement_step(text, viewer_standing, was_consulted=was_consulted)


def _get_agreement_step(text: Text, viewer_standing: Standing, *, was_consulted: bool) -> NextStep:
    if not was_consulted and get_allowed_audiences(text):
        return NextStep(
            _("Next: create a consultation."), _("Create a consultation"), _build_step_url("consultation_new", text)
        )
    if policies.can_manage_call(viewer_standing, text):
        return NextStep(
            _("Next: open a consensus call."), _("Open a consensus call"), _build_step_url("call_new", text)
        )
    return NextStep(_("A coordinator or the chair can now open a consensus call."), is_due=False)


def _get_publication_step(text: Text, viewer_standing: Standing, *, is_first: bool) -> NextStep:
    if not policies.can_publish_edition(viewer_standing, text):
        return NextStep(_("A coordinator, rapporteur or editor can now publish the text."), is_due=False)
    sentence = (
        _("Next: publish the text.")
        if is_first
        else _("Next: publish a new version, or create another consultation first.")
    )
    return NextStep(sentence, _("Publish a version"), _build_step_url("edition_new", text))


def _build_step_url(url_name: str, text: Text, *args: int) -> str:
    return reverse(f"drafting:{url_name}", args=[text.coalition.slug, text.pk, *args])
