"""What of offers, needs and questions waits for a person: see `desk.py`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.lists import taken_up
from jukwaa.cooperation.models import Consent, Enquiry, Match, Need, Offer
from jukwaa.cooperation.models.help import still_open
from jukwaa.coalitions.task_queries import Item, Row, Waits, teller
from jukwaa.records.models import State

UNANSWERED = timedelta(days=30)  # then a coordinator can ask them, or close it


def introductions(standing: Standing) -> Iterator[Waits]:
    """Somebody asks whether a side for which this person speaks would be introduced."""
    if not standing.speaks_for:
        return
    agreed = Consent.objects.filter(match=OuterRef("pk"), withdrawn_at=None)
    for side in ("offer", "need"):
        waiting = Match.objects.visible_to(standing.viewer).filter(
            ~Exists(agreed.filter(side=side)),
            state=Match.State.SUGGESTED,
            offer__state=State.PUBLISHED,
            need__state=State.PUBLISHED,
            need__coalition=standing.coalition,
            **{f"{side}__organisation__in": standing.speaks_for},
        )
        yield Waits(waiting, _tell_introductions, title=f"{side}__title")


@teller
def _tell_introductions(standing: Standing, row: Row) -> Item:
    return Item(
        deed=_("Say whether you would be introduced: “%(title)s”") % {"title": row.title},
        why=_("Nothing is passed on before both sides agree. To say no is an answer too."),
        url=reverse("cooperation:match_detail", args=[standing.coalition.slug, row.pk]),
    )


def questions(standing: Standing) -> Iterator[Waits]:
    """Asked of an organisation for which this person speaks."""
    if not standing.speaks_for:
        return
    waiting = Enquiry.objects.visible_to(standing.viewer).filter(
        organisation__in=standing.speaks_for,
        answered_at=None,
        need__coalition=standing.coalition,
        need__state=State.PUBLISHED,
    )
    yield Waits(waiting, _tell_questions, title="need__title")


@teller
def _tell_questions(standing: Standing, row: Row) -> Item:
    return Item(
        deed=_("Answer a question: “%(title)s”") % {"title": row.title},
        why=_("You are asked since your organisation is known here for it. A few sentences help."),
        url=reverse("cooperation:enquiry_detail", args=[standing.coalition.slug, row.pk]),
    )


def to_confirm(standing: Standing) -> Iterator[Waits]:
    """What an organisation of theirs offers or needs, and was to be looked at again by now."""
    if not standing.speaks_for:
        return
    today = timezone.localdate()
    for model in (Offer, Need):
        due = _open(standing, model).filter(organisation__in=standing.speaks_for, review_by__lte=today)
        yield Waits(due.order_by("review_by"), _tell_to_confirm, title="title", more=Value(model.SIDE), due="review_by")


@teller
def _tell_to_confirm(standing: Standing, row: Row) -> Item:
    return Item(
        due=row.due,
        deed=_("Say whether it is still true: “%(title)s”") % {"title": row.title},
        why=_("Others count on what stands here. One press says that it is, or closes it."),
        url=reverse(f"cooperation:{row.more}_detail", args=[standing.coalition.slug, row.pk]),
    )


def untaken(standing: Standing) -> Iterator[Waits]:
    """For a coordinator: offers that nobody has taken up."""
    if not standing.is_coordinator:
        return
    yield Waits(_open(standing, Offer).filter(~Exists(taken_up(Offer))), _tell_untaken, counted_by="coalition")


@teller
def _tell_untaken(standing: Standing, row: Row) -> Item:
    deed = ngettext(
        "Look at one offer that nobody has taken up", "Look at %(n)s offers that nobody has taken up", row.number
    )
    return Item(
        deed=deed % {"n": row.number},
        why=_("The page of each says where it could help. You can ask both sides whether they would be introduced."),
        url=reverse("cooperation:offer_list", args=[standing.coalition.slug]) + "?show=untaken",
    )


def unanswered(standing: Standing) -> Iterator[Waits]:
    """For a coordinator: what nobody has confirmed for a month after its day."""
    if not standing.is_coordinator:
        return
    late = timezone.localdate() - UNANSWERED
    for model in (Offer, Need):
        old = _open(standing, model).filter(review_by__lte=late)
        yield Waits(old.order_by("review_by"), _tell_unanswered, title="title", more=Value(model.SIDE))


@teller
def _tell_unanswered(standing: Standing, row: Row) -> Item:
    return Item(
        deed=_("Find out whether it is still true: “%(title)s”") % {"title": row.title},
        why=_("Whose it is was asked twice by mail. Ask them, or close it with a reason."),
        url=reverse(f"cooperation:{row.more}_detail", args=[standing.coalition.slug, row.pk]),
    )


def _open(standing: Standing, model: type[Offer | Need]) -> Any:
    rows = model.objects.visible_to(standing.viewer).of(standing.coalition)
    return rows.filter(still_open(), Q(state=State.PUBLISHED))
