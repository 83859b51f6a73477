"""Numbers of an annual report: published texts with their dissent, consultations, and briefs for policy makers."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.core.row_urls import reverse_row_url
from jukwaa.drafting.models import Consultation, Edition, Form, Input, Position
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.statistic import (
    ListedRecord,
    Rows,
    Statistic,
    StatisticListing,
    build_grouping_by_reference,
    build_member_readable_record_q,
)
from jukwaa.regions.models import Delivery

DISSENTING_STANCES = (Position.Stance.OBJECT, Position.Stance.RESERVATION)
# Decisions and briefs have numbers of their own.
IS_OUTPUT, IS_BRIEF = ~Q(text__form__in=(Form.DECISION, Form.BRIEF)), Q(text__form=Form.BRIEF)


def find_outputs_in_period(period: ReportPeriod) -> QuerySet[Edition]:
    return find_editions_in_period(period).filter(IS_OUTPUT)


def find_editions_in_period(period: ReportPeriod) -> QuerySet[Edition]:
    return Edition.objects.filter(
        build_member_readable_record_q("text"), period.build_moment_condition("at"), text__coalition=period.coalition
    )


def build_dissent_condition(_period: ReportPeriod) -> Q:
    return IS_OUTPUT & Q(Exists(find_dissenting_positions().filter(call=OuterRef("call"))))


def find_dissenting_positions() -> QuerySet[Position]:
    """Return the positions that are printed with a text: objections and reservations that stand."""
    return Position.objects.filter(stands=True, stance__in=DISSENTING_STANCES)


def find_statements_in_period(period: ReportPeriod) -> Rows:
    """Return the statements printed with the outputs. Two editions of one agreement have them in common."""
    return find_dissenting_positions().filter(Exists(find_outputs_in_period(period).filter(call=OuterRef("call"))))


def find_consultations_in_period(period: ReportPeriod) -> QuerySet[Consultation]:
    opened = Consultation.objects.filter(period.build_moment_condition("opens_at"))
    if not period.is_over:
        opened = opened.filter(opens_at__lte=timezone.now())
    return opened.filter(build_member_readable_record_q("text"), text__coalition=period.coalition)


def find_inputs_in_period(period: ReportPeriod) -> Rows:
    """Return what was said in these consultations and not withdrawn, whenever it came."""
    asked = find_consultations_in_period(period).filter(pk=OuterRef("consultation"))
    return Input.objects.filter(Exists(asked), hidden_at__isnull=True).exclude(disposition=Input.Answer.WITHDRAWN)


def find_deliveries_in_period(period: ReportPeriod) -> Rows:
    delivered = Delivery.objects.filter(
        period.build_day_condition("on"), build_member_readable_record_q("edition__text")
    )
    return delivered.filter(edition__text__coalition=period.coalition)


def _find_editions_of_statements(statistic_rows: Rows) -> Rows:
    return Edition.objects.filter(call__in=statistic_rows.values("call"))


def describe_listed_edition(edition: Any, coalition_slug: str) -> ListedRecord:
    url = reverse("drafting:edition_detail", args=[coalition_slug, edition.text_id, edition.major, edition.minor])
    return ListedRecord(f"{edition.text.title} {edition.number}", url, edition.text.language)


def describe_listed_consultation(consultation: Any, coalition_slug: str) -> ListedRecord:
    url = reverse_row_url("drafting:consultation_detail", coalition_slug, consultation.pk)
    return ListedRecord(consultation.text.title, url, consultation.text.language)


EDITION_LISTING = StatisticListing(describe=describe_listed_edition, record="text", related=("text",))
CONSULTATION_LISTING = StatisticListing(describe=describe_listed_consultation, record="text", related=("text",))
INPUT_LISTING = StatisticListing(
    describe=describe_listed_consultation,
    behind=build_grouping_by_reference(Consultation, "consultation"),
    record="text",
    related=("text",),
)

TEXT_STATISTICS = (
    Statistic(
        key="outputs",
        title=_("Published texts"),
        find_rows=find_editions_in_period,
        condition=lambda _period: IS_OUTPUT,
        listing=EDITION_LISTING,
    ),
    Statistic(
        key="outputs-with-dissent",
        title=_("Published texts with recorded dissent"),
        find_rows=find_editions_in_period,
        condition=build_dissent_condition,
        listing=EDITION_LISTING,
    ),
    Statistic(
        key="statements",
        title=_("Dissenting statements"),
        find_rows=find_statements_in_period,
        listing=StatisticListing(
            describe=describe_listed_edition, behind=_find_editions_of_statements, record="text", related=("text",)
        ),
    ),
    Statistic(
        key="consultations",
        title=_("Consultations"),
        find_rows=find_consultations_in_period,
        listing=CONSULTATION_LISTING,
    ),
    Statistic(key="inputs", title=_("Inputs to consultations"), find_rows=find_inputs_in_period, listing=INPUT_LISTING),
    Statistic(
        key="inputs-answered",
        title=_("Inputs that were answered"),
        find_rows=find_inputs_in_period,
        condition=lambda _period: ~Q(disposition=""),
        listing=INPUT_LISTING,
    ),
    Statistic(
        key="briefs",
        title=_("Briefs for policy makers"),
        find_rows=find_editions_in_period,
        condition=lambda _period: IS_BRIEF,
        listing=EDITION_LISTING,
    ),
    Statistic(
        key="deliveries",
        title=_("Deliveries of briefs"),
        find_rows=find_deliveries_in_period,
        listing=StatisticListing(
            describe=describe_listed_edition,
            behind=build_grouping_by_reference(Edition, "edition"),
            record="text",
            related=("text",),
            is_for_members=True,
        ),
    ),
)
