"""A report that is very long is read and stored in parts, and nobody sees that afterwards."""

import hashlib

import pytest

from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.intake import reader, report_parsing, tasks
from jukwaa.intake.actions import ReadingDetails, ReadingUpload, start_background_reading
from jukwaa.intake.models import Reading, Sentence, Suggestion
from jukwaa.intake.reader.markup import strip_markup
from jukwaa.intake.report_parsing import find_report_parts, parse_report_in_parts
from jukwaa.intake.text_hashes import HASHED_CHARACTERS_AT_ONCE, compute_normalised_text_hash

AGREED_LINE = "It was agreed that member {} would share report {}.\n\n"
LONG_REPORT = "# Minutes\n\n" + "".join(AGREED_LINE.format(number, number) for number in range(90))
SENTENCE_FIELDS = ("number", "start", "end", "unit", "section", "opens", "joined")
SUGGESTION_FIELDS = ("sentence__number", "start", "end", "kind", "text", "actors", "owner", "due_text", "why")


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(report_parsing, "MAX_LINES_PER_PART", 20)


def import_report(coalition, person, text):
    upload = ReadingUpload("minutes.md", text.encode())
    reading = start_background_reading(
        actor=person, coalition=coalition, reading_details=ReadingDetails(title="Minutes"), reading_upload=upload
    )
    tasks.read_upload.func(reading.pk)
    reading.refresh_from_db()
    return reading


def cut_into_parts(text):
    return [text[start:end] for start, end in find_report_parts(text)]


def test_report_in_parts_has_same_rows_as_whole_report(coalition, rapporteur, monkeypatch):
    text = "".join(f"# Item {item}\n\n" + AGREED_LINE.format(item, item) * 20 for item in range(4))
    whole = import_report(coalition, rapporteur, text)
    rows = list(whole.sentences.values_list(*SENTENCE_FIELDS)), list(whole.suggestions.values_list(*SUGGESTION_FIELDS))
    assert (len(rows[0]), len(rows[1]), whole.state) == (84, 80, Reading.State.OPEN)
    Reading.objects.update(likeness="")  # or the second import would be found to be the same
    monkeypatch.setattr(report_parsing, "MAX_LINES_PER_PART", 20)
    assert len(cut_into_parts(text)) == 4

    in_parts = import_report(coalition, rapporteur, text)

    assert in_parts.state == Reading.State.OPEN
    assert list(in_parts.sentences.values_list(*SENTENCE_FIELDS)) == rows[0]
    assert list(in_parts.suggestions.values_list(*SUGGESTION_FIELDS)) == rows[1]


def test_part_is_stored_before_next_is_read(coalition, rapporteur, small_parts, monkeypatch):
    read_report, counts = reader.read_report, []

    def count_rows_and_read(text, **options):
        counts.append((Sentence.objects.count(), Suggestion.objects.count()))
        return read_report(text, **options)

    monkeypatch.setattr(reader, "read_report", count_rows_and_read)
    import_report(coalition, rapporteur, LONG_REPORT)

    assert counts == [(0, 0), (25, 24), (50, 49), (75, 74)]


def test_part_that_cannot_be_read_leaves_suggestions_of_others(coalition, rapporteur, small_parts, monkeypatch):
    read_report = reader.read_report

    def fail_at_member_30(text, **options):
        if "member 30 " in text:
            raise IndexError
        return read_report(text, **options)

    monkeypatch.setattr(reader, "read_report", fail_at_member_30)
    reading = import_report(coalition, rapporteur, LONG_REPORT)

    assert (reading.state, reading.language, reading.understood) == (Reading.State.OPEN, "en", True)
    assert [note.partition(" for ")[0] for note in reading.notes] == ["We could not make suggestions"]
    assert (reading.sentences.count(), reading.suggestions.count()) == (91, 65)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("", []),
        ("One line.", [9]),
        ("a\n\n" * 24 + "b", [73]),
        ("a\n\n" * 30, [75, 15]),
        ("a\n\n" * 22 + "# b\n\n" + "a\n\n" * 10, [66, 35]),
        ("a\n" * 40, [60, 20]),
        ("Yes. " * 40, [150, 50]),
        ("a\n \n\t\n" * 30, [150, 30]),
    ],
)
def test_parts_end_where_text_allows_it(small_parts, text, lengths):
    parts = cut_into_parts(text)

    assert list(map(len, parts)) == lengths
    assert "".join(parts) == text


def test_quotes_of_parts_stand_at_their_places_in_whole_text(small_parts):
    extracted = ExtractedText(LONG_REPORT, "text/markdown")

    readings = [parsed for _part, parsed in parse_report_in_parts(extracted)]

    sentences = [sentence for parsed in readings for sentence in parsed.sentences]
    assert [sentence.number for sentence in sentences] == list(range(1, 92))
    for made in (*sentences, *(made for parsed in readings for made in parsed.suggestions)):
        assert LONG_REPORT[made.start : made.end] == made.quote
    assert {parsed.text for parsed in readings} == {LONG_REPORT}


def test_letters_without_markup_between_them_are_one_run():
    text = "It was  **agreed** that\nAna pays."
    words = strip_markup(text, [(0, len(text))])

    assert words.text == "It was agreed that Ana pays."
    assert (words.starts, words.places) == ([0, 7, 13], [0, 10, 18])
    assert [text[words.get_text_offset(index)] for index in range(len(words.text))] == list(
        "It was agreed that\nAna pays."
    )


def test_normalised_hash_does_not_depend_on_where_text_is_cut():
    text = "Die Straße  bleibt\n\nOFFEN. " * (HASHED_CHARACTERS_AT_ONCE // 20)

    expected = hashlib.sha256("".join(text.split()).casefold().encode()).hexdigest()
    assert len(text) > HASHED_CHARACTERS_AT_ONCE
    assert compute_normalised_text_hash(text) == expected
