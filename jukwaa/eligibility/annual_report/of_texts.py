"""Numbers of an annual report: published texts with their dissent, consultations, and briefs for policy makers."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.core.row_urls import reverse_row
from jukwaa.drafting.models import Consultation, Edition, Form, Input, Position
from jukwaa.eligibility.annual_report.period import Period
from jukwaa.eligibility.annual_report.statistic import Listed, Listing, Rows, Statistic, grouped, open_records
from jukwaa.regions.models import Delivery

AGAINST = (Position.Stance.OBJECT, Position.Stance.RESERVATION)
NO_OUTPUTS = (Form.DECISION, Form.BRIEF)  # decisions and briefs have numbers of their own


def find_outputs(period: Period) -> QuerySet[Edition]:
    return _editions(period).exclude(text__form__in=NO_OUTPUTS)


def find_briefs(period: Period) -> QuerySet[Edition]:
    return _editions(period).filter(text__form=Form.BRIEF)


def _editions(period: Period) -> QuerySet[Edition]:
    return Edition.objects.filter(open_records("text"), period.moments("at"), text__coalition=period.coalition)


def find_outputs_with_dissent(period: Period) -> QuerySet[Edition]:
    return find_outputs(period).filter(Exists(find_against().filter(call=OuterRef("call"))))


def find_against() -> QuerySet[Position]:
    """Return the positions that are printed with a text: objections and reservations that stand."""
    return Position.objects.filter(stands=True, stance__in=AGAINST)


def find_statements(period: Period) -> Rows:
    """Return the statements printed with the outputs. Two editions of one agreement have them in common."""
    return find_against().filter(Exists(find_outputs(period).filter(call=OuterRef("call"))))


def find_consultations(period: Period) -> QuerySet[Consultation]:
    opened = Consultation.objects.filter(period.moments("opens_at"), opens_at__lte=timezone.now())
    return opened.filter(open_records("text"), text__coalition=period.coalition)


def find_inputs(period: Period) -> Rows:
    """Return what was said in these consultations and not withdrawn, whenever it came."""
    asked = find_consultations(period).filter(pk=OuterRef("consultation"))
    return Input.objects.filter(Exists(asked), hidden_at__isnull=True).exclude(disposition=Input.Answer.WITHDRAWN)


def find_answered(period: Period) -> Rows:
    return find_inputs(period).exclude(disposition="")


def find_deliveries(period: Period) -> Rows:
    delivered = Delivery.objects.filter(period.days("on"), open_records("edition__text"))
    return delivered.filter(edition__text__coalition=period.coalition)


def _editions_of_statements(rows: Rows) -> Rows:
    return Edition.objects.filter(call__in=rows.values("call"))


def describe_edition(edition: Any, slug: str) -> Listed:
    url = reverse("drafting:edition_detail", args=[slug, edition.text_id, edition.major, edition.minor])
    return Listed(f"{edition.text.title} {edition.number}", url, edition.text.language)


def describe_consultation(consultation: Any, slug: str) -> Listed:
    url = reverse_row("drafting:consultation_detail", slug, consultation.pk)
    return Listed(consultation.text.title, url, consultation.text.language)


EDITIONS = Listing(describe=describe_edition, record="text", related=("text",))
CONSULTATIONS = Listing(describe=describe_consultation, record="text", related=("text",))
INPUTS = Listing(
    describe=describe_consultation, behind=grouped(Consultation, "consultation"), record="text", related=("text",)
)

STATISTICS = (
    Statistic(key="outputs", title=_("Published texts"), find=find_outputs, listing=EDITIONS),
    Statistic(
        key="outputs-with-dissent",
        title=_("Published texts with recorded dissent"),
        find=find_outputs_with_dissent,
        listing=EDITIONS,
    ),
    Statistic(
        key="statements",
        title=_("Dissenting statements"),
        find=find_statements,
        listing=Listing(describe=describe_edition, behind=_editions_of_statements, record="text", related=("text",)),
    ),
    Statistic(key="consultations", title=_("Consultations"), find=find_consultations, listing=CONSULTATIONS),
    Statistic(key="inputs", title=_("Inputs to consultations"), find=find_inputs, listing=INPUTS),
    Statistic(key="inputs-answered", title=_("Inputs that were answered"), find=find_answered, listing=INPUTS),
    Statistic(key="briefs", title=_("Briefs for policy makers"), find=find_briefs, listing=EDITIONS),
    Statistic(
        key="deliveries",
        title=_("Deliveries of briefs"),
        find=find_deliveries,
        listing=Listing(
            describe=describe_edition,
            behind=grouped(Edition, "edition"),
            record="text",
            related=("text",),
            is_for_members=True,
        ),
    ),
)
