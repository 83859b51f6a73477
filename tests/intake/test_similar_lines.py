"""Lines with the label of an example, and items of its list, are read like it."""

import random
import time
from datetime import date

import pytest

from jukwaa.intake import actions
from jukwaa.intake.report_lines import TABLE_RULE_PATTERN
from tests.intake.examples import add_example, add_similar, describe_similar, find_sentence, list_added
from tests.intake.readings import create_reading


@pytest.mark.parametrize(
    ("line", "others", "kind", "text", "expected", "shown"),
    [
        (
            "Conclusion 1 : le portail reste fermé.",
            ["Conclusion 2 : la clé est chez Awa.", "Conclusion : rien de plus."],
            "decision",
            "le portail reste fermé.",
            ["la clé est chez Awa.", "rien de plus."],
            "Conclusion",
        ),
        (
            "ACUERDO 3.- Se pinta la valla.",
            ["ACUERDO 4.- Se compra la mesa.", "Acuerdo 5.- La cuota no cambia."],
            "decision",
            "Se pinta la valla.",
            ["Se compra la mesa.", "La cuota no cambia."],
            "ACUERDO",
        ),
        (
            "خلاصة ١: تبقى البوابة مغلقة.",
            ["خلاصة ٢: المفتاح عند سارة."],
            "decision",
            "تبقى البوابة مغلقة.",
            ["المفتاح عند سارة."],
            "خلاصة",
        ),
        ("-> green gate", ["-> red door", "-> blue fence"], "offer", "green gate", ["red door", "blue fence"], "->"),
        (
            "Res. 7/26: green gate",
            ["Res. 8/26: red door"],
            "topic",
            "Res. 7/26: green gate",
            ["Res. 8/26: red door"],
            "Res.",
        ),
    ],
)
def test_lines_with_the_same_label_are_similar(coalition, rapporteur, line, others, kind, text, expected, shown):
    middle = "\n\nSome people talked for a while.\n\n"
    reading = create_reading(coalition, rapporteur, f"Report\n\n{middle.join([line, *others])}\n\nTime: 10:30\n")
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, line[-14:], kind=kind, text=text)

    assert f"“{shown}”" in describe_similar(rapporteur, reading, example)
    assert add_similar(rapporteur, example) == len(others)
    assert [added[0] for added in list_added(reading)] == [text, *expected]


def test_items_of_list_are_similar_until_it_ends(coalition, rapporteur):
    text = (
        "Notes\n\n# Garden\n\n- green gate for Ana. It is old.\n- red door\n  - a deeper point\n- blue fence\n\n"
        "Some words.\n\n- another list\n\n# Shed\n\n- a third list\n"
    )
    reading = create_reading(coalition, rapporteur, text)
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "red door", kind="decision", text="red door")

    assert describe_similar(rapporteur, reading, example) == "2 other items of this list are similar."
    add_similar(rapporteur, example)
    assert [added[0] for added in list_added(reading)] == ["green gate for Ana.", "red door", "blue fence"]


def test_names_before_tasks_are_owners_as_in_the_example(coalition, rapporteur):
    text = "Notes\n\n- Zed: paint the gate by 3 May 2027\n- Kim: close the door by 5 May 2027\n- Lou: find the key\n"
    reading = create_reading(coalition, rapporteur, text, meeting_on=date(2027, 1, 5))
    reading.suggestions.all().delete()
    example = add_example(
        rapporteur, reading, "Zed", kind="commitment", text="paint the gate", owner="Zed", due_on=date(2027, 5, 3)
    )

    add_similar(rapporteur, example)

    assert list_added(reading)[1:] == [
        ("close the door by 5 May 2027", "Kim", date(2027, 5, 5)),
        ("find the key", "Lou", None),
    ]


@pytest.mark.parametrize(
    ("lines", "text", "owner", "expected"),
    [
        (["☐ @Zed keys", "☐ @Kim the list"], "keys", "Zed", ("the list", "Kim")),
        (
            ["-> Zed Vale brings keys", "-> Kim Noor brings chairs"],
            "brings keys",
            "Zed Vale",
            ("brings chairs", "Kim Noor"),
        ),
        (["→ سارة تحضر المفاتيح", "→ عمر يحضر الكراسي"], "تحضر المفاتيح", "سارة", ("يحضر الكراسي", "عمر")),
        (["-> Zed brings keys", "-> new chairs"], "brings keys", "Zed", ("new chairs", "")),
    ],
)
def test_owner_at_the_beginning_is_cut_as_in_the_example(coalition, rapporteur, lines, text, owner, expected):
    reading = create_reading(coalition, rapporteur, "Notes\n\n" + "\n".join(lines))
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, text[-6:], kind="commitment", text=text, owner=owner)

    add_similar(rapporteur, example)

    assert [added[:2] for added in list_added(reading)] == [(text, owner), expected]


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("- Use the red | blue gate", "decision", "Use the red | blue gate"),
        ("We painted one side | and then the other.", "report", "We painted one side | and then the other."),
        ("Red | blue", "topic", "Red | blue"),
        ("ACUERDO 3.- Se pinta la valla.", "decision", "Se pinta la valla."),
        ("ACUERDO 3.- Se pinta la valla.", "topic", "ACUERDO 3.- Se pinta la valla."),
        ("-> Zed brings keys", "offer", "Zed brings keys"),
        ("Zed: brings keys", "offer", "Zed: brings keys"),
    ],
)
def test_sentence_is_added_without_its_mark_but_with_its_bars(coalition, rapporteur, line, kind, text):
    reading = create_reading(coalition, rapporteur, f"Notes\n\nSome words.\n\n{line}\n\nMore words.\n")
    sentence = find_sentence(reading, line[-8:])

    added = actions.accept_sentence_as_suggestion(actor=rapporteur, sentence=sentence, suggestion_kind=kind)

    assert added.text == text


def test_rule_below_a_table_head_is_found_in_linear_time():
    rng = random.Random(1)
    for _ in range(2000):
        line = "".join(rng.choice(" \n|-=+:x") for _ in range(12))
        first = next((part for part in line.split("\n") if part.strip()), "")
        is_rule = set(first) <= set(" |-=+:") and ("--" in first or "==" in first)
        assert (TABLE_RULE_PATTERN.match(line) is not None) == is_rule, line
    started = time.process_time()
    for start in ("-", " ", "|--", "\n"):
        assert TABLE_RULE_PATTERN.match(start * 100_000 + "x") is None
    assert time.process_time() - started < 2


def test_unknown_label_that_is_taken_for_a_speaker_is_a_label(coalition, rapporteur):
    text = "Notes\n\nWniosek: Fees remain.\n\nWniosek: The hall.\n\nWniosek: New logo.\n"
    reading = create_reading(coalition, rapporteur, text, meeting_on=date(2027, 1, 5))
    example = add_example(
        rapporteur, reading, "Fees", kind="decision", text="Wniosek: Fees remain.", actors=["Wniosek"]
    )

    assert "2 other sentences begin with “Wniosek”." in describe_similar(rapporteur, reading, example)
