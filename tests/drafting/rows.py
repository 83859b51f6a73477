"""For each route of texts with arguments, what the walks fill in: see `tests/rows.py`."""

from collections.abc import Callable
from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.drafting.models import Call, Consultation, Evidence, Input, Placement, Returned, Term
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows, build_table_rows, build_varied_record_rows
from tests.world import World


def build_varied_text_rows(model: type[Input] | type[Consultation]) -> Rows:
    """What hangs on texts in every label and in every state."""
    return lambda world: [
        {"pk": pk}
        for pk in model.objects.filter(text__in=[text.pk for text in world.list_varied_records("text")]).values_list(
            "pk", flat=True
        )
    ]


def build_example_text_rows(model: type[Input] | type[Consultation]) -> Rows:
    return lambda world: [
        {"pk": pk}
        for pk in model.objects.filter(text__in=[text.pk for text in world.list_example_records("text")]).values_list(
            "pk", flat=True
        )
    ]


def list_varied_call_rows(world: World) -> list[dict[str, Any]]:
    """The call on each text."""
    calls = Call.objects.filter(text__in=[record.pk for record in world.list_varied_records("text")])
    return [{"pk": call.text_id, "call": call.pk} for call in calls]


def get_or_create_call_hold(call: Call) -> int:
    """Return a hold of the call; the demo has none."""
    hold = call.holds.first() or call.holds.create(reason="Said on the list.")
    return int(hold.pk)


def build_example_call_rows(**more: Callable[[Call], Any]) -> Rows:
    def list_example_call_rows(world: World) -> list[dict[str, Any]]:
        calls = Call.objects.filter(text__in=[record.pk for record in world.list_example_records("text")])
        return [
            {"pk": call.text_id, "call": call.pk} | {name: take(call) for name, take in more.items()} for call in calls
        ]

    return list_example_call_rows


def list_varied_consultation_rows(world: World) -> list[dict[str, Any]]:
    asked = Consultation.objects.filter(text__in=[record.pk for record in world.list_varied_records("text")])
    return [{"pk": text, "consultation": pk} for text, pk in asked.values_list("text", "pk")]


def list_example_returned_file_rows(world: World) -> list[dict[str, Any]]:
    """Word files that wait to be entered."""
    found = Returned.objects.filter(text__in=[record.pk for record in world.list_example_records("text")])
    rows = found.values_list("text", "consultation", "token")
    return [{"pk": text, "consultation": asked, "token": token} for text, asked, token in rows]


ROWS_BY_ROUTE: dict[str, Rows] = {
    "drafting:agreement": build_varied_record_rows("text"),
    "drafting:call_new": build_sample_rows("text"),
    "drafting:call_detail": list_varied_call_rows,
    "drafting:call_declare": build_example_call_rows(),
    "drafting:call_restart": build_example_call_rows(),
    "drafting:call_hold": build_example_call_rows(),
    "drafting:hold_clarify": build_example_call_rows(hold=get_or_create_call_hold),
    "drafting:position_own": build_example_call_rows(),
    "drafting:position_take": build_example_call_rows(
        organisation=lambda call: call.positions.order_by("pk")[:1].get().organisation_id
    ),
    "drafting:edition_new": build_sample_rows("text"),
    "drafting:edition_detail": build_varied_record_rows("text", major=1, minor=0),
    "drafting:edition_clause": build_sample_rows("text", major=1, minor=0, number=1),
    "drafting:edition_file": build_sample_rows("text", major=1, minor=0, ending="md"),
    "drafting:text_origin": build_varied_record_rows("text"),
    "drafting:clause_trace": build_varied_record_rows("text", number=1),
    "drafting:text_detail": build_rows_of_kind("text"),
    "drafting:compare_word": build_sample_rows("text", earlier=1, later=1),
    "drafting:consultation_word": list_varied_consultation_rows,
    "drafting:returned_new": list_varied_consultation_rows,
    **{f"drafting:returned_{page}": list_example_returned_file_rows for page in ("detail", "enter", "drop")},
    **{
        f"drafting:{page}": build_varied_record_rows("text")
        for page in ("text_write", "text_compare", "revision_list", "removed_list", "text_drafters")
    },
    **{
        f"drafting:{form}": build_sample_rows("text")
        for form in ("text_edit", "text_open", "revision_new", "clause_add")
    },
    "drafting:drafter_invite": lambda world: [
        row | {"person": person.pk}
        for row in build_sample_rows("text")(world)
        for person in Person.objects.filter(name="Member")
    ],
    "drafting:revision_detail": build_varied_record_rows("text", number=1),
    **{f"drafting:clause_{page}": build_varied_record_rows("text", number=1) for page in ("detail", "history")},
    **{
        f"drafting:{form}": build_sample_rows("text", number=1)
        for form in (
            *(f"clause_{deed}" for deed in ("now", "edit", "save", "up", "down", "move", "split", "merge", "remove")),
            "evidence_add",
        )
    },
    "drafting:wording_restore": lambda world: [
        {"pk": text, "number": 1, "placement": pk}
        for text, pk in Placement.objects.filter(text__in=world.list_example_records("text")).values_list("text", "pk")
    ],
    "drafting:evidence_remove": lambda world: [
        {"pk": pk}
        for pk in Evidence.objects.filter(clause__text__in=world.list_example_records("text")).values_list(
            "pk", flat=True
        )
    ],
    "drafting:term_edit": build_table_rows(Term),
    "drafting:answers": build_sample_rows("text"),
    "drafting:answer_together": build_sample_rows("text"),
    "drafting:matrix": build_varied_record_rows("text"),
    "drafting:matrix_file": lambda world: [
        row | {"ending": ending} for row in build_sample_rows("text")(world) for ending in ("xlsx", "docx")
    ],
    "drafting:consultation_list": build_varied_record_rows("text"),
    "drafting:consultation_new": build_sample_rows("text"),
    "drafting:clause_inputs": build_varied_record_rows("text", number=1),
    **{
        f"drafting:{name}": build_varied_text_rows(Consultation)
        for name in ("consultation_detail", "consultation_paper", "voices", "input_list")
    },
    **{f"drafting:consultation_{deed}": build_example_text_rows(Consultation) for deed in ("edit", "close", "nudge")},
    **{f"drafting:input_{deed}": build_example_text_rows(Consultation) for deed in ("new", "support", "log")},
    "drafting:input_hide": build_example_text_rows(Input),
    "drafting:input_detail": build_varied_text_rows(Input),
    "drafting:input_annotation": build_varied_text_rows(Input),
    "drafting:input_answer": build_example_text_rows(Input),
    "drafting:accept_wording": build_example_text_rows(Input),
    "drafting:input_take_back": build_example_text_rows(Input),
    "drafting:annotations": build_varied_text_rows(Consultation),
}
