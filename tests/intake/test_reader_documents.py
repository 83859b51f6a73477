"""What the reader makes of whole documents, of many shapes."""

from pathlib import Path

import pytest

import jukwaa.intake
from jukwaa.intake.reader import read_report

EXAMPLE_REPORT_FILE = Path(jukwaa.intake.__file__).parent / "data" / "sharm-el-sheikh-2009.txt"


def list_claims_of_suggestions(text):
    """Each suggestion as kind, actors and quotation, in order."""
    return [(s.kind, s.actors, s.quote) for s in read_report(text).suggestions]


def list_kinds_of_suggestions(text):
    return [(s.kind, s.quote) for s in read_report(text).suggestions]


def test_sharm_el_sheikh_report_gives_expected_suggestions():
    reading = read_report(EXAMPLE_REPORT_FILE.read_text(encoding="utf-8"))

    assert [(s.kind, s.actors) for s in reading.suggestions] == [
        ("attendee", ("Members of the Dynamic Coalition on Child Online Safety",)),
        ("attendee", ("NSPCC", "Representative of Mauritius government delegate")),
        ("new_member", ("ITU representatives",)),
        ("topic", ("ITU",)),
        ("new_member", ("ITU",)),
        ("topic", ()),
        ("topic", ()),
        ("request", ()),
        ("offer", ("ITU",)),
        ("announcement", ("INSAFE network",)),
        ("request", ("INSAFE network",)),
        ("observation", ()),
        ("proposal", ("ECPAT International",)),
        ("request", ("ECPAT International",)),
        ("report", ("Brazilian members",)),
        ("offer", ()),
        ("request", ("chair",)),
        ("interest", ("private sector",)),
        ("recommendation", ()),
        ("report", ("members",)),
        ("topic", ("members",)),
        ("interest", ("Mauritius representative",)),
        ("announcement", ("government of Mauritius",)),
        ("interest", ("Members of the coalition",)),
        ("recommendation", ()),
        ("recommendation", ()),
        ("decision", ()),
        ("commitment", ("members",)),
        ("interest", ("members",)),
        ("next_meeting", ()),
        ("commitment", ("coordinator of the coalition",)),
    ]


def test_sentence_across_page_break_is_joined():
    text = (
        "The village school told the board that it would be glad to see a discussion\n\n"
        "on shared gardens before the summer. Nothing else was said."
    )

    assert [s.quote for s in read_report(text).sentences] == [
        text.removesuffix(" Nothing else was said."),
        "Nothing else was said.",
    ]


def test_page_numbers_and_running_heads_are_not_sentences():
    page = "The garden committee agreed to keep the old fence along the river and to paint\n"
    head = "\fGarden Committee, minutes\n\n"
    text = f"{page}\n12\n{head}it green in spring.\n\n13\n{head}The end came late."

    assert [" ".join(s.quote.split()[-3:]) for s in read_report(text).sentences] == [
        "green in spring.",
        "end came late.",
    ]


def test_wrapped_lines_are_joined_and_short_lines_are_not():
    text = "Present:\nAna Lopes\nBen Okoro\n\nThe hosts spoke at length about the roof and\nthe walls of the hall."

    assert [s.quote for s in read_report(text).sentences] == [
        "Present:",
        "Ana Lopes",
        "Ben Okoro",
        "The hosts spoke at length about the roof and\nthe walls of the hall.",
    ]


def test_abbreviation_does_not_end_sentence():
    text = "Mr. Okoro met the clerk at No. 4, e.g. on Monday at 10 a.m. in the hall. It rained."

    assert [s.quote for s in read_report(text).sentences] == [text[:-11], "It rained."]


@pytest.mark.parametrize("bullet_mark", ["-", "*", "•", "–", "1.", "(a)", "+"])
def test_bullets_of_any_shape_are_list_entries(bullet_mark):
    text = f"Attendees\n\n{bullet_mark} Ana Lopes – Harbour School\n{bullet_mark} Ben Okoro (Lake Trust)\n"

    assert list_claims_of_suggestions(text) == [
        ("attendee", ("Ana Lopes",), "Ana Lopes – Harbour School"),
        ("attendee", ("Ben Okoro",), "Ben Okoro (Lake Trust)"),
    ]


def test_person_with_apologies_did_not_attend():
    text = "## Present\n\n- Ana Lopes\n\n## Apologies\n\n- Ben Okoro\n"

    assert list_claims_of_suggestions(text) == [("attendee", ("Ana Lopes",), "Ana Lopes")]


def test_list_in_one_line_names_attendees_without_absentees():
    text = "Participants: Ana Lopes (Harbour School), Ben Okoro and Chi Wang. Regrets: Dina Said"

    assert next(s.actors for s in read_report(text).suggestions) == ("Ana Lopes", "Ben Okoro", "Chi Wang")


def test_lead_in_applies_to_its_bullets_only():
    text = "Members agreed to:\n\n- a shorter form for hosts\n- two gardens in the north\n\nThe garden is green.\n"

    assert list_kinds_of_suggestions(text)[-2:] == [
        ("decision", "a shorter form for hosts"),
        ("decision", "two gardens in the north"),
    ]


def test_list_title_is_not_entry():
    text = "Action items:\n- [ ] Send the forms (Ana Lopes)\n- [x] Paint the fence by Friday\n"

    assert [(s.kind, s.actors, s.due) for s in read_report(text).suggestions] == [
        ("commitment", ("Ana Lopes",), ""),
        ("commitment", (), "by Friday"),
    ]


def test_heading_applies_to_its_section():
    text = "# Minutes\n\n## Action items\n\n- Ana: forms for the hosts by 4 May\n\n## Other\n\n- The forms are blue\n"

    [suggestion] = read_report(text).suggestions

    assert (suggestion.kind, suggestion.owner, suggestion.due, suggestion.quote) == (
        "commitment",
        "Ana",
        "by 4 May",
        "Ana: forms for the hosts by 4 May",
    )


@pytest.mark.parametrize(
    ("report_line", "suggestion_kind", "actor_names"),
    [
        ("ACTION: Ana to send the forms", "commitment", ("Ana",)),
        ("AI 3: Ben to paint the fence", "commitment", ("Ben",)),
        ("@ana will send the forms tomorrow", "commitment", ("@ana",)),
        ("Decision: the fence stays green.", "decision", ()),
        ("RESOLVED: the fence stays green.", "decision", ()),
        ("PROPOSAL: paint the fence.", "proposal", ()),
    ],
)
def test_line_markers_determine_suggestion_kind_and_actors(report_line, suggestion_kind, actor_names):
    assert list_claims_of_suggestions(f"# Minutes\n\n- {report_line}\n") == [
        (suggestion_kind, actor_names, report_line)
    ]


@pytest.mark.parametrize(
    ("report_sentence", "kinds_told"),
    [
        ("The board did not approve the budget of the hall.", []),
        ("Some farmers decided to sell their fields.", []),
        ("If the board approves the plan, work begins.", []),
        ("The draft will cover three areas.", []),
        ("The clerk said that the board had agreed on a fence.", ["report"]),
        ("Ana Lopes said the fence should be green.", ["proposal"]),
        ("It was felt that the fence should be green.", ["recommendation"]),
        ("Ben Okoro said he would paint the fence.", ["commitment"]),
    ],
)
def test_speaker_and_modality_determine_suggested_kinds(report_sentence, kinds_told):
    assert [s.kind for s in read_report(report_sentence, language="en").suggestions] == kinds_told


def test_pronoun_they_means_last_named_group():
    text = "The members thanked the hosts of the hall. They also discussed the fence.\n\nThey discussed the roof."

    assert [(s.kind, s.actors) for s in read_report(text).suggestions][1:] == [("topic", ("members",)), ("topic", ())]


def test_speakers_are_actors_of_statements():
    said = ["Ana: I propose that we paint it.", "Ben: I am happy to host the fair.", *("Ana: Good.", "Ben: Fine.") * 2]

    assert [(s.kind, s.actors) for s in read_report("\n\n".join(said), language="en").suggestions] == [
        ("proposal", ("Ana",)),
        ("offer", ("Ben",)),
    ]


def test_action_table_is_read_row_by_row():
    rows = "| Send the forms | Ana Lopes | 4 May |\n| Paint the fence | Ben Okoro | in June |\n"
    text = f"## Actions\n\n| What | Who | When |\n|---|---|---|\n{rows}"

    assert [(s.kind, s.actors, s.due) for s in read_report(text).suggestions] == [
        ("commitment", ("Ana Lopes",), "4 May"),
        ("commitment", ("Ben Okoro",), "in June"),
    ]


def test_language_without_cues_gets_no_suggestions():
    text = "Les membres ont décidé de se réunir de nouveau en juin à Lyon, et le secrétariat enverra le compte rendu."

    reading = read_report(text)

    assert (reading.language, reading.understood, len(reading.sentences), reading.suggestions) == ("fr", False, 1, ())


def test_language_given_by_caller_is_used():
    reading = read_report("Bodi iliidhinisha bajeti ya mwaka ujao.", language="sw")

    assert (reading.language, reading.understood, reading.suggestions) == ("sw", False, ())
    assert read_report("The board approved the budget.", language="sw").language == "sw"


def test_json_contains_offset_of_each_suggestion():
    text = "The board approved the budget."

    assert read_report(text).to_json() == {
        "text": text,
        "suggestions": [{"kind": "decision", "actors": ["board"], "start": 0, "end": 30, "quote": text}],
    }
