"""For each route of briefs with arguments, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.regions.models import BriefQuestion, Delivery
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows, build_varied_record_rows
from tests.world import World


def build_text_version_rows(text_rows: Rows, **more: Any) -> Rows:
    """What was published, and what is in the making."""
    return lambda world: [row | {"version": version} | more for row in text_rows(world) for version in ("1.0", "draft")]


def list_delivery_rows(world: World) -> list[dict[str, Any]]:
    texts = [text.pk for text in world.list_example_records("text")]
    return [{"pk": pk} for pk in Delivery.objects.filter(edition__text__in=texts).values_list("pk", flat=True)]


def list_brief_question_rows(world: World) -> list[dict[str, Any]]:
    texts = [text.pk for text in world.list_example_records("text")]
    asked = BriefQuestion.objects.filter(delivery__edition__text__in=texts)
    return [{"pk": pk} for pk in asked.values_list("pk", flat=True)]


BRIEF_ROWS: dict[str, Rows] = {
    "regions:brief_detail": build_rows_of_kind("text"),
    **{
        f"regions:{name}": build_sample_rows("text")
        for name in ("brief_shape", "brief_translate", "translation_confirm", "delivery_new", "brief_use_new")
    },
    "regions:brief_read": build_text_version_rows(build_varied_record_rows("text"), length="two"),
    "regions:brief_file": build_text_version_rows(build_sample_rows("text"), length="five", ending="docx"),
    "regions:brief_pages": lambda world: [row | {"version": "1.0"} for row in build_sample_rows("text")(world)[:2]],
    "regions:delivery_take_back": list_delivery_rows,
    "regions:asked_new": list_delivery_rows,
    "regions:asked_answer": list_brief_question_rows,
}


def build_selected_record_queries(world: World) -> list[str]:
    """Records of each label and state, as the address holds what was ticked."""
    records = "&".join(
        f"record={record.pk}" for kind in ("item", "entry") for record in world.list_varied_records(kind)
    )
    return ["", f"?{records}"]


BRIEF_QUERIES = {
    "regions:brief_choose": build_selected_record_queries,
    "regions:brief_new": build_selected_record_queries,
}
