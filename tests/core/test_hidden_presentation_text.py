"""Speaker notes and hidden slides are not in the text of a presentation, and known to the checks."""

import pytest

from jukwaa.core.documents.incoming import FileRefused, extract_text, find_comments_and_deletions
from tests.core.documents import build_word_file, zip_named_parts
from tests.core.presentations import HIDDEN_SLIDE, SPEAKER_NOTE, build_open_presentation, build_powerpoint_file
from tests.core.test_documents_extract import add_tracked_changes


@pytest.mark.parametrize(
    ("file_name", "build_file"), [("a.pptx", build_powerpoint_file), ("a.odp", build_open_presentation)]
)
def test_speaker_notes_and_hidden_slides_are_not_in_text(file_name, build_file):
    extracted = extract_text(build_file(), file_name)

    assert extracted.text.strip() == "Accounts 2025"
    assert extracted.hidden_text == f"{SPEAKER_NOTE}\n\n{HIDDEN_SLIDE}"
    assert extracted.checked_text == f"{extracted.text}\n\n{extracted.hidden_text}"
    assert extracted.note_codes == ("speaker_notes", "hidden_slides")
    assert "Speaker notes were not read. The file still contains them." in extracted.notes


def test_page_number_below_slide_is_no_speaker_note():
    extracted = extract_text(build_powerpoint_file(speaker_note="", hidden_slide=""), "a.pptx")

    assert (extracted.text.strip(), extracted.hidden_text, extracted.note_codes) == ("Accounts 2025", "", ())


def test_notes_below_pictures_are_checked_although_there_is_no_text():
    extracted = extract_text(build_powerpoint_file(shown="", hidden_slide=""), "a.pptx")

    assert (extracted.text, extracted.hidden_text) == ("", SPEAKER_NOTE)


def test_presentation_without_any_words_is_refused():
    with pytest.raises(FileRefused):
        extract_text(build_powerpoint_file(shown="", hidden_slide="", speaker_note=""), "a.pptx")


@pytest.mark.parametrize(
    ("file_data", "names"),
    [
        (build_word_file(add_tracked_changes), ["deleted text (tracked changes)"]),
        (zip_named_parts({"xl/workbook.xml": "<w/>", "xl/comments1.xml": "<c/>"}), ["comments"]),
        (zip_named_parts({"xl/workbook.xml": "<w/>", "xl/comments/comment1.xml": "<c/>"}), ["comments"]),
        (build_open_presentation(), ["comments"]),
        (build_word_file(), []),
        (b"Minutes", []),
    ],
)
def test_comments_and_deleted_text_of_files_are_named(file_data, names):
    assert [str(name) for name in find_comments_and_deletions(file_data)] == names
