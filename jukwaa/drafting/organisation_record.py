"""The record of an organisation: its inputs, positions and texts, and what it was asked about texts."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.models import Membership
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.drafting.models import Call, Consultation, Input, Position, Text
from jukwaa.drafting.positions import build_call_awaiting_organisations_filter
from jukwaa.records.models import State
from jukwaa.records.organisation_history import (
    MAX_LINES_PER_SOURCE,
    HistoryQuery,
    HistorySection,
    PromiseProgress,
    RecordLine,
    history_line_registry,
)
from jukwaa.records.organisation_record import build_shared_record_line

ConsultationAsks = Consultation.Asks


@history_line_registry.register(110)
def find_inputs_of_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """What it said in consultations, but for what it withdrew."""
    rows = Input.objects.visible_to(history_query.viewer).filter(
        capacity__organisation=history_query.organisation,
        hidden_at=None,
        text__coalition=history_query.coalition,
        text__state=State.PUBLISHED,
    )
    rows = rows.exclude(disposition=Input.Answer.WITHDRAWN).select_related("text", "clause")
    for given in rows.order_by("-at", "-pk")[:MAX_LINES_PER_SOURCE]:
        yield RecordLine(
            section=HistorySection.SAID,
            what=_("Input (%(type)s)") % {"type": given.get_kind_display()},
            title=_("Clause %(number)s") % {"number": given.clause.label} if given.clause else given.text.title,
            url=reverse_row_url("drafting:input_detail", history_query.coalition.slug, given.pk),
            label=given.text.label,
            words="\n\n".join(filter(None, [given.body, given.proposed])),
            language=given.language,
            day=timezone.localdate(given.at),
            status=given.get_disposition_display(),
            source=given.text.title,
            source_url=_get_text_url(history_query, given.text_id),
        )


@history_line_registry.register(120)
def find_owned_texts(history_query: HistoryQuery) -> Iterator[RecordLine]:
    rows = (
        Text.objects.visible_to(history_query.viewer)
        .of(history_query.coalition)
        .filter(owner=history_query.organisation)
    )
    for text in rows.published()[:MAX_LINES_PER_SOURCE]:
        text.coalition = history_query.coalition
        yield build_shared_record_line(text)


@history_line_registry.register(130)
def find_positions_of_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """Its positions in consensus calls. That it awaits instructions is no position, and is in its own version alone."""
    readable = Text.objects.visible_to(history_query.viewer).of(history_query.coalition).filter(state=State.PUBLISHED)
    rows = Position.objects.filter(
        readable.exists_for("call__text"), organisation=history_query.organisation, stands=True
    )
    if not history_query.is_own:
        rows = rows.exclude(stance=Position.Stance.AWAITING)
    rows = rows.select_related("call__text", "call__revision").order_by("-at", "-pk")
    for position in rows[:MAX_LINES_PER_SOURCE]:
        text = position.call.text
        yield RecordLine(
            section=HistorySection.SIGNED,
            what=_("Position on a decision") if text.is_decision else _("Position on a text"),
            title=text.title,
            url=f"{_get_call_url(history_query, position.call)}#position-{position.pk}",
            label=text.label,
            words=position.reason,
            language=text.language,
            day=timezone.localdate(position.at),
            status=position.get_stance_display(),
            source=_("Consensus call on revision %(n)s") % {"n": position.call.revision.number},
            source_url=_get_call_url(history_query, position.call),
        )


@history_line_registry.register(140)
def find_consultations_of_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """Consultations that named it; for its representatives, also those of all members or observers that are open."""
    now = timezone.now()
    spoke = Input.objects.filter(consultation=OuterRef("pk"), capacity__organisation=history_query.organisation)
    spoke = spoke.exclude(disposition=Input.Answer.WITHDRAWN)
    named = Consultation.asked.through._default_manager.filter(  # noqa: SLF001 - public by Django's word
        consultation=OuterRef("pk"), organisation=history_query.organisation
    )
    wanted = Q(Exists(named), asks=ConsultationAsks.NAMED)
    if history_query.is_own:
        seats = Membership.objects.filter(organisation=history_query.organisation, coalition=history_query.coalition)
        for_members = Q(
            Exists(seats.active()),
            asks__in=[ConsultationAsks.PUBLIC, ConsultationAsks.OBSERVERS, ConsultationAsks.MEMBERS],
        )
        for_observers = Q(Exists(seats.observers_in_force()), asks=ConsultationAsks.OBSERVERS)
        wanted |= Q(for_members | for_observers, ~Q(Exists(spoke)), closes_at__gt=now)
    rows = Consultation.objects.visible_to(history_query.viewer).filter(
        wanted, text__coalition=history_query.coalition, text__state=State.PUBLISHED, opens_at__lte=now
    )
    rows = rows.annotate(has_spoken=Exists(spoke)).select_related("text").order_by("-opens_at", "-pk")
    for consultation in rows[:MAX_LINES_PER_SOURCE]:
        progress, status = _describe_consultation_progress(consultation)
        yield RecordLine(
            section=HistorySection.ASKED,
            what=gettext_lazy("Consultation"),
            title=consultation.text.title,
            url=reverse_row_url("drafting:consultation_detail", history_query.coalition.slug, consultation.pk),
            label=consultation.text.label,
            language=consultation.text.language,
            day=timezone.localdate(consultation.opens_at),
            progress=progress,
            status=status,
            due=timezone.localdate(consultation.closes_at),
        )


def _describe_consultation_progress(consultation: Consultation) -> tuple[PromiseProgress, str]:
    if consultation.has_spoken:  # type: ignore[attr-defined]  # annotated
        return PromiseProgress.DONE, _("responded")
    return (
        (PromiseProgress.ENDED, _("no response"))
        if consultation.is_over
        else (PromiseProgress.OPEN, _("no response yet"))
    )


@history_line_registry.register(150)
def find_open_calls(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """For its representatives: consensus calls in which it has taken no position yet."""
    if not history_query.is_own:
        return
    now = timezone.now()
    readable = Text.objects.visible_to(history_query.viewer).of(history_query.coalition).filter(state=State.PUBLISHED)
    rows = Call.objects.filter(
        readable.exists_for("text"),
        build_call_awaiting_organisations_filter([history_query.organisation.pk]),
        outcome="",
        opens_at__lte=now,
    )
    for call in rows.filter(closes_at__gt=now).select_related("text").order_by("closes_at")[:MAX_LINES_PER_SOURCE]:
        yield RecordLine(
            section=HistorySection.ASKED,
            what=gettext_lazy("Consensus call"),
            title=call.text.title,
            url=_get_call_url(history_query, call),
            label=call.text.label,
            language=call.text.language,
            day=timezone.localdate(call.opens_at),
            progress=PromiseProgress.OPEN,
            status=_("no position yet"),
            due=call.last_day,
        )


def _get_text_url(history_query: HistoryQuery, text: int) -> str:
    return reverse_row_url("drafting:text_detail", history_query.coalition.slug, text)


def _get_call_url(history_query: HistoryQuery, call: Call) -> str:
    return reverse("drafting:call_detail", args=[history_query.coalition.slug, call.text_id, call.pk])
