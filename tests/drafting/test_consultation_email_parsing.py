"""A mail that answers a consultation becomes inputs, and not a line of it is lost."""

from hypothesis import example, given
from hypothesis import strategies as st

from jukwaa.drafting.mail_parsing import ParsedEmail, ParsedInput, parse_consultation_email
from jukwaa.drafting.models import Input

CLAUSE_BODIES = {
    5: "A provider answers within three working days.",
    12: "Each member may publish it, by and by.",
    13: "It may, or may not.",
}
InputKind = Input.Kind


def parse_email_reply(text: str) -> ParsedEmail:
    return parse_consultation_email(text, CLAUSE_BODIES, 2)


def test_replace_instruction_becomes_proposed_wording():
    assert parse_email_reply("12: replace may by should").pieces == (
        ParsedInput(
            (0,), InputKind.PROPOSAL, clause=12, exact="may", proposed="Each member should publish it, by and by."
        ),
    )


def test_replace_instruction_allows_keywords_and_strips_quotes():
    assert parse_email_reply("12: Replace “it, by and by” with “it”").pieces == (
        ParsedInput((0,), InputKind.PROPOSAL, clause=12, exact="it, by and by", proposed="Each member may publish it."),
    )


def test_ambiguous_replace_instruction_becomes_comment():
    assert parse_email_reply("13: replace may by should").pieces == (
        ParsedInput((0,), body="replace may by should", clause=13),
    )


def test_comments_questions_support_and_answers_are_recognised():
    text = (
        "Dear all,\n\n12: comment Too short.\nReally.\n5: Who counts the days?\n12: support\n\nquestion 2: In schools."
    )

    assert parse_email_reply(text) == ParsedEmail(
        (
            ParsedInput((0, 1), body="Dear all,"),
            ParsedInput((2, 3), body="Too short.\nReally.", clause=12),
            ParsedInput((4,), InputKind.QUESTION, "Who counts the days?", 5),
            ParsedInput((5,), InputKind.SUPPORT, clause=12),
            ParsedInput((7,), body="In schools.", question=2),
        ),
        (),
        tuple(text.splitlines()),
    )


def test_text_below_instruction_is_not_part_of_it():
    assert parse_email_reply("12: replace may by should\n\nKind regards").pieces == (
        ParsedInput((2,), body="Kind regards"),
        ParsedInput(
            (0,), InputKind.PROPOSAL, clause=12, exact="may", proposed="Each member should publish it, by and by."
        ),
    )


def test_unknown_clause_question_or_words_are_kept_verbatim():
    text = "99: Too long.\nquestion 3: Yes.\n5: replace four by two\n12:"

    assert (parse_email_reply(text).pieces, parse_email_reply(text).left_over) == ((), text)


def test_time_of_day_is_not_a_clause_number():
    assert parse_email_reply("12:30 is too early").pieces == (ParsedInput((0,), body="12:30 is too early"),)


def test_instructions_are_parsed_in_other_coalition_languages():
    said = parse_email_reply("12: remplacer may par should\n5: breve\nPregunta 1: Sí.\nالبند 5: تعليق قصير.").pieces

    assert [(piece.kind, piece.clause, piece.question, piece.body) for piece in said] == [
        (InputKind.PROPOSAL, 12, None, ""),
        (InputKind.COMMENT, 5, None, "breve"),
        (InputKind.COMMENT, None, 1, "Sí."),
        (InputKind.COMMENT, 5, None, "قصير."),
    ]


LINE_STRATEGY = st.one_of(
    st.text(max_size=20),
    st.builds(
        "{}{}: {}".format,
        st.sampled_from(["", "clause ", "question ", " "]),
        st.integers(0, 14),
        st.sampled_from(["", "replace may by should", "support", "comment x", "replace a by b by c", "why?", "y"]),
    ),
)


@given(st.lists(LINE_STRATEGY, max_size=8).map("\n".join))
@example("12: support\n\n\n12: replace may by should\n\n5: x")
def test_every_line_is_in_one_input_or_unparsed(text):
    result = parse_email_reply(text)
    numbers = [number for piece in result.pieces for number in piece.lines] + list(result.not_understood)
    numbers = [number for number in numbers if result.lines[number].strip()]

    assert sorted(numbers) == [number for number, line in enumerate(result.lines) if line.strip()]
    for piece in result.pieces:
        if piece.kind in (InputKind.COMMENT, InputKind.QUESTION):
            said = "\n".join(result.lines[number] for number in piece.lines)
            assert all(word in said.split() or word in said for word in piece.body.split())
            assert piece.body
            last = result.lines[[number for number in piece.lines if result.lines[number].strip()][-1]]
            assert last.split()[-1] in piece.body
