"""For each route of joint work with arguments, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.cooperation.models import Deliverable, Outcome, Party
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows, build_varied_record_rows
from tests.world import World

JOINT_WORK_KIND = "joint-work"


def build_rows_with_parent(
    model: type[Party] | type[Deliverable] | type[Outcome], argument_name: str, parent_rows: Rows
) -> Rows:
    """Of works, with the number of each that hangs on them."""

    def find_rows_with_parent(world: World) -> list[dict[str, Any]]:
        return [
            row | {argument_name: each.pk}
            for row in parent_rows(world)
            for each in model.objects.filter(work=row["pk"])
        ]

    return find_rows_with_parent


JOINT_WORK_ROWS: dict[str, Rows] = {
    "cooperation:work_detail": build_rows_of_kind(JOINT_WORK_KIND),
    **{
        f"cooperation:{page}": build_varied_record_rows(JOINT_WORK_KIND)
        for page in ("charter_detail", "charter_write", "update_list")
    },
    "cooperation:charter_text": build_varied_record_rows(JOINT_WORK_KIND, number=1),
    "cooperation:charter_answer": build_sample_rows(JOINT_WORK_KIND, question="why"),
    **{
        f"cooperation:{deed}": build_sample_rows(JOINT_WORK_KIND)
        for deed in (
            *("work_edit", "work_end", "party_new", "charter_propose", "charter_take_back", "charter_amend"),
            *("amendment_drop", "update_new", "product_new"),
        )
    },
    **{
        f"cooperation:{deed}": build_rows_with_parent(Party, "party", build_sample_rows(JOINT_WORK_KIND))
        for deed in ("party_edit", "party_remove", "party_leave", "charter_sign")
    },
    "cooperation:deliverable_detail": build_rows_with_parent(
        Deliverable, "deliverable", build_varied_record_rows(JOINT_WORK_KIND)
    ),
    "cooperation:deliverable_report": build_rows_with_parent(
        Deliverable, "deliverable", build_sample_rows(JOINT_WORK_KIND)
    ),
    "cooperation:outcome_detail": build_rows_with_parent(Outcome, "outcome", build_varied_record_rows(JOINT_WORK_KIND)),
    "cooperation:figure_new": build_rows_with_parent(Outcome, "outcome", build_sample_rows(JOINT_WORK_KIND)),
}
