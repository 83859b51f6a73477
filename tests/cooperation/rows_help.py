"""For each route of offers and needs with arguments, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.cooperation.models import Enquiry, Match, MatchSide
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows
from tests.world import World


def list_varied_match_rows(world: World) -> list[dict[str, Any]]:
    """An offer and a need of each label and state, brought together."""
    offers = [record.pk for record in world.list_varied_records("offer")]
    return [{"pk": pk} for pk in Match.objects.filter(offer__in=offers).values_list("pk", flat=True)]


def build_match_rows(**more: Any) -> Rows:
    def list_example_match_rows(world: World) -> list[dict[str, Any]]:
        offers = [record.pk for record in world.list_example_records("offer")]
        return [{"pk": pk} | more for pk in Match.objects.filter(offer__in=offers).values_list("pk", flat=True)]

    return list_example_match_rows


def list_offer_need_pairs(world: World) -> list[dict[str, Any]]:
    pairs = zip(
        world.list_example_records("offer"), world.list_example_records("need"), strict=False
    )  # the demo has more of one
    return [{"offer": offer.pk, "need": need.pk} for offer, need in pairs]


def list_enquiry_rows(world: World) -> list[dict[str, Any]]:
    needs = [record.pk for record in world.list_varied_records("need")]
    return [{"pk": pk} for pk in Enquiry.objects.filter(need__in=needs).values_list("pk", flat=True)]


def list_askable_organisations(world: World) -> list[dict[str, Any]]:
    return [
        {"pk": enquiry.need_id, "organisation": enquiry.organisation_id}
        for enquiry in Enquiry.objects.filter(need__in=[record.pk for record in world.list_example_records("need")])
    ]


HELP_ROWS: dict[str, Rows] = {
    **{f"cooperation:{side}_detail": build_rows_of_kind(side) for side in ("offer", "need")},
    **{
        f"cooperation:{side}_{deed}": build_sample_rows(side)
        for side in ("offer", "need")
        for deed in ("edit", "close", "confirm")
    },
    **{f"cooperation:{side}_sort": lambda _world: [{"sort": "training"}] for side in ("offer", "need")},
    "cooperation:match_new": list_offer_need_pairs,
    "cooperation:match_detail": list_varied_match_rows,
    "cooperation:match_move": build_match_rows(),
    **{f"cooperation:match_{deed}": build_match_rows(side=str(MatchSide.OFFER)) for deed in ("consent", "take_back")},
    "cooperation:enquiry_detail": list_enquiry_rows,
    "cooperation:enquiry_new": list_askable_organisations,
    **{f"cooperation:enquiry_{deed}": list_enquiry_rows for deed in ("answer", "shelve")},
}
