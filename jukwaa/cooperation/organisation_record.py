"""The record of an organisation: its offers and needs, what it signed and delivers, and questions to it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.cooperation.models import (
    Charter,
    Consent,
    Deliverable,
    Enquiry,
    JointWork,
    Match,
    Need,
    Offer,
    Party,
    Signature,
    Update,
)
from jukwaa.cooperation.overdue import CHARTER_SIGNING_PERIOD
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.records.models import Label, State
from jukwaa.records.organisation_history import (
    MAX_LINES_PER_SOURCE,
    HistoryQuery,
    HistorySection,
    PromiseProgress,
    RecordLine,
    get_strictest_label,
    history_line_registry,
)

PROGRESS_BY_DELIVERABLE_STATE = {
    Deliverable.State.PROMISED: PromiseProgress.OPEN,
    Deliverable.State.UNDER_WAY: PromiseProgress.OPEN,
    Deliverable.State.DELAYED: PromiseProgress.OPEN,
    Deliverable.State.DELIVERED: PromiseProgress.DONE,
    Deliverable.State.DROPPED: PromiseProgress.ENDED,
}
# What only the organisations that are asked read: signatures to come, introductions, questions without a shared answer.
PARTIES_ONLY_LABEL = Label.AMBER


@history_line_registry.register(210)
def find_offers_of_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    yield from _find_help_record_lines(history_query, Offer)


@history_line_registry.register(220)
def find_needs_of_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    yield from _find_help_record_lines(history_query, Need)


def _find_help_record_lines(history_query: HistoryQuery, help_model: type[Offer | Need]) -> Iterator[RecordLine]:
    rows = (
        help_model.objects.visible_to(history_query.viewer)
        .of(history_query.coalition)
        .filter(organisation=history_query.organisation)
    )
    for offer_or_need in rows.published()[:MAX_LINES_PER_SOURCE]:
        offer_or_need.coalition = history_query.coalition
        yield RecordLine(
            section=HistorySection.OFFERED,
            what=offer_or_need.kind_info.label,
            title=offer_or_need.title,
            url=offer_or_need.get_absolute_url(),
            label=offer_or_need.label,
            words=offer_or_need.summary,
            language=offer_or_need.language,
            day=timezone.localdate(offer_or_need.published_at) if offer_or_need.published_at else None,
            status=pgettext_lazy("an offer or a need", "closed")
            if offer_or_need.is_closed
            else pgettext_lazy("an offer or a need", "open"),
            record=offer_or_need.pk,
        )


@history_line_registry.register(230)
def find_charter_signatures(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """Charters that it signed: for everyone those that came into force; for itself also one that is being signed."""
    rows = Signature.objects.filter(
        _find_works_of_organisation(history_query).exists_for("charter__work"),
        party__organisation=history_query.organisation,
        charter__dropped_at=None,
    )
    in_force = Q(charter__in_force_since__isnull=False)
    rows = rows.filter(in_force | Q(party__left_at=None) if history_query.is_own else in_force)
    rows = rows.select_related("charter__work").order_by("-at", "-pk")
    for signature in rows[:MAX_LINES_PER_SOURCE]:
        charter, work = signature.charter, signature.charter.work
        yield RecordLine(
            section=HistorySection.SIGNED,
            what=gettext("Charter %(number)s of joint work") % {"number": charter.number},
            title=work.title,
            url=reverse("cooperation:charter_text", args=[history_query.coalition.slug, work.pk, charter.number]),
            label=_get_work_label(work, is_public=charter.in_force_since is not None),
            language=work.language,
            day=timezone.localdate(signature.at),
            status=_("signed"),
            source=work.title,
            source_url=reverse_row_url("cooperation:work_detail", history_query.coalition.slug, work.pk),
        )


@history_line_registry.register(240)
def find_charters_to_sign(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """For its representatives: charters that wait for its signature."""
    if not history_query.is_own:
        return
    waiting = Party.objects.filter(
        organisation=history_query.organisation, work=OuterRef("work"), must_sign=True, left_at=None
    ).filter(~Exists(Signature.objects.filter(party=OuterRef("pk"), charter=OuterRef(OuterRef("pk")))))
    rows = Charter.objects.filter(
        Exists(waiting),
        _find_works_of_organisation(history_query).exists_for("work"),
        proposed_at__isnull=False,
        in_force_since=None,
        dropped_at=None,
    )
    for charter in rows.select_related("work").order_by("-proposed_at", "-pk")[:MAX_LINES_PER_SOURCE]:
        work, proposed_on = charter.work, timezone.localdate(charter.proposed_at)
        yield RecordLine(
            section=HistorySection.ASKED,
            what=_("Charter to sign"),
            title=work.title,
            url=reverse("cooperation:charter_text", args=[history_query.coalition.slug, work.pk, charter.number]),
            label=_get_work_label(work, is_public=False),
            language=work.language,
            day=proposed_on,
            progress=PromiseProgress.OPEN,
            status=_("not signed yet"),
            due=proposed_on + CHARTER_SIGNING_PERIOD,
        )


@history_line_registry.register(250)
def find_promised_deliverables(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """What it promised in a charter that it signed and that came into force."""
    signed = Signature.objects.filter(party=OuterRef("party"), charter__in_force_since__isnull=False)
    rows = Deliverable.objects.filter(
        Exists(signed),
        _find_works_of_organisation(history_query).exists_for("work"),
        party__organisation=history_query.organisation,
    )
    signed_at = Subquery(signed.order_by("at").values("at")[:1])
    rows = rows.annotate(signed_at=signed_at).select_related("work").order_by("-promised_for", "-pk")
    for deliverable in rows[:MAX_LINES_PER_SOURCE]:
        work, slug = deliverable.work, history_query.coalition.slug
        yield RecordLine(
            section=HistorySection.PROMISED,
            what=_("Deliverable of joint work"),
            title=deliverable.what,
            url=reverse("cooperation:deliverable_detail", args=[slug, work.pk, deliverable.pk]),
            label=work.label,
            language=work.language,
            day=timezone.localdate(deliverable.signed_at),
            progress=PROGRESS_BY_DELIVERABLE_STATE[Deliverable.State(deliverable.state)],
            status=deliverable.get_state_display(),
            due=deliverable.promised_for,
            source=work.title,
            source_url=reverse_row_url("cooperation:work_detail", slug, work.pk),
        )


@history_line_registry.register(260)
def find_work_updates(history_query: HistoryQuery) -> Iterator[RecordLine]:
    rows = Update.objects.filter(
        _find_works_of_organisation(history_query).exists_for("work"), capacity__organisation=history_query.organisation
    )
    for update in rows.select_related("work").order_by("-at", "-pk")[:MAX_LINES_PER_SOURCE]:
        work, slug = update.work, history_query.coalition.slug
        yield RecordLine(
            section=HistorySection.SAID,
            what=_("Update on joint work"),
            title=work.title,
            url=f"{reverse('cooperation:update_list', args=[slug, work.pk])}#{update.anchor}",
            label=work.label,
            words=update.words,
            language=work.language,
            day=timezone.localdate(update.at),
            source=work.title,
            source_url=reverse_row_url("cooperation:work_detail", slug, work.pk),
        )


@history_line_registry.register(270)
def find_expert_enquiries(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """Questions that it was asked as one with experience."""
    rows = Enquiry.objects.visible_to(history_query.viewer).filter(
        organisation=history_query.organisation, need__coalition=history_query.coalition, need__state=State.PUBLISHED
    )
    for enquiry in rows.select_related("need").order_by("-at", "-pk")[:MAX_LINES_PER_SOURCE]:
        is_answered = enquiry.answered_at is not None
        yield RecordLine(
            section=HistorySection.ASKED,
            what=_("Question"),
            title=enquiry.question,
            url=reverse_row_url("cooperation:enquiry_detail", history_query.coalition.slug, enquiry.pk),
            label=_get_work_label(enquiry.need, is_public=is_answered and enquiry.may_be_shared),
            words=enquiry.answer,
            language=enquiry.need.language,
            day=timezone.localdate(enquiry.at),
            progress=PromiseProgress.DONE if is_answered else PromiseProgress.OPEN,
            status=_("answered") if is_answered else _("no answer yet"),
            source=enquiry.need.title,
            source_url=reverse_row_url("cooperation:need_detail", history_query.coalition.slug, enquiry.need_id),
        )


@history_line_registry.register(280)
def find_match_introductions(history_query: HistoryQuery) -> Iterator[RecordLine]:
    """For its representatives: introductions to which it has not agreed yet."""
    if not history_query.is_own:
        return
    agreed = Consent.objects.filter(match=OuterRef("pk"), withdrawn_at=None)
    own_offer = Q(offer__organisation=history_query.organisation) & ~Q(Exists(agreed.filter(side="offer")))
    own_need = Q(need__organisation=history_query.organisation) & ~Q(Exists(agreed.filter(side="need")))
    rows = Match.objects.visible_to(history_query.viewer).filter(
        own_offer | own_need,
        state=Match.State.SUGGESTED,
        offer__state=State.PUBLISHED,
        need__state=State.PUBLISHED,
        need__coalition=history_query.coalition,
    )
    for match in rows.select_related("offer", "need").order_by("-at", "-pk")[:MAX_LINES_PER_SOURCE]:
        own = match.offer if match.offer.organisation_id == history_query.organisation.pk else match.need
        yield RecordLine(
            section=HistorySection.ASKED,
            what=pgettext_lazy("two organisations", "Introduction"),
            title=own.title,
            url=reverse_row_url("cooperation:match_detail", history_query.coalition.slug, match.pk),
            label=get_strictest_label(match.offer.label, match.need.label, PARTIES_ONLY_LABEL),
            language=own.language,
            day=timezone.localdate(match.at),
            progress=PromiseProgress.OPEN,
            status=_("not agreed yet"),
        )


def _find_works_of_organisation(history_query: HistoryQuery) -> Any:
    rows: QuerySet[JointWork] = JointWork.objects.visible_to(history_query.viewer).of(history_query.coalition)
    return rows.filter(state=State.PUBLISHED)


def _get_work_label(work_or_need: JointWork | Need, *, is_public: bool) -> str:
    """Return the label of a line: what is between the parties is not for all readers of the record."""
    return work_or_need.label if is_public else get_strictest_label(work_or_need.label, PARTIES_ONLY_LABEL)
