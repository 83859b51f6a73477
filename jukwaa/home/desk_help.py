"""What of offers, needs and questions waits for a person: see `desk.py`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.lists import taken_up
from jukwaa.cooperation.models import Consent, Enquiry, Match, Need, Offer
from jukwaa.cooperation.models.help import still_open
from jukwaa.home.desk_item import Item, Row, Waits
from jukwaa.records.models import State

UNANSWERED = timedelta(days=30)  # then a coordinator can ask them, or close it


def introductions(standing: Standing) -> Iterator[Waits]:
    """Somebody asks whether a side for which this person speaks would be introduced."""
    if not standing.speaks_for:
        return

    def tell(row: Row) -> Item:
        return Item(
            deed=_("Say whether you would be introduced: “%(title)s”") % {"title": row.title},
            why=_("Nothing is passed on before both sides agree. To say no is an answer too."),
            url=reverse("cooperation:match_detail", args=[standing.coalition.slug, row.pk]),
        )

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
        yield Waits(waiting, tell, title=f"{side}__title")


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

    def tell(row: Row) -> Item:
        return Item(
            deed=_("Answer a question: “%(title)s”") % {"title": row.title},
            why=_("You are asked since your organisation is known here for it. A few sentences help."),
            url=reverse("cooperation:enquiry_detail", args=[standing.coalition.slug, row.pk]),
        )

    yield Waits(waiting, tell, title="need__title")


def to_confirm(standing: Standing) -> Iterator[Waits]:
    """What an organisation of theirs offers or needs, and was to be looked at again by now."""
    if not standing.speaks_for:
        return
    today = timezone.localdate()
    for model in (Offer, Need):

        def tell(row: Row, side: str = model.SIDE) -> Item:
            return Item(
                due=row.due,
                deed=_("Say whether it is still true: “%(title)s”") % {"title": row.title},
                why=_("Others count on what stands here. One press says that it is, or closes it."),
                url=reverse(f"cooperation:{side}_detail", args=[standing.coalition.slug, row.pk]),
            )

        due = _open(standing, model).filter(organisation__in=standing.speaks_for, review_by__lte=today)
        yield Waits(due.order_by("review_by"), tell, title="title", due="review_by")


def untaken(standing: Standing) -> Iterator[Waits]:
    """For a coordinator: offers that nobody has taken up."""
    if not standing.is_coordinator:
        return

    def tell(row: Row) -> Item:
        deed = ngettext(
            "Look at one offer that nobody has taken up", "Look at %(n)s offers that nobody has taken up", row.number
        )
        return Item(
            deed=deed % {"n": row.number},
            why=_(
                "The page of each says where it could help. You can ask both sides whether they would be introduced."
            ),
            url=reverse("cooperation:offer_list", args=[standing.coalition.slug]) + "?show=untaken",
        )

    yield Waits(_open(standing, Offer).filter(~Exists(taken_up(Offer))), tell, counted_by="coalition")


def unanswered(standing: Standing) -> Iterator[Waits]:
    """For a coordinator: what nobody has confirmed for a month after its day."""
    if not standing.is_coordinator:
        return
    late = timezone.localdate() - UNANSWERED
    for model in (Offer, Need):

        def tell(row: Row, side: str = model.SIDE) -> Item:
            return Item(
                deed=_("Find out whether it is still true: “%(title)s”") % {"title": row.title},
                why=_("Whose it is was asked twice by mail. Ask them, or close it with a reason."),
                url=reverse(f"cooperation:{side}_detail", args=[standing.coalition.slug, row.pk]),
            )

        old = _open(standing, model).filter(review_by__lte=late)
        yield Waits(old.order_by("review_by"), tell, title="title")


def _open(standing: Standing, model: type[Offer | Need]) -> Any:
    rows = model.objects.visible_to(standing.viewer).of(standing.coalition)
    return rows.filter(still_open(), Q(state=State.PUBLISHED))
