"""What is found in a draft that was changed and commented: each change and each remark at its clause."""

import pytest

from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import actions, returned_word_file
from tests.core import documents as make
from tests.drafting import word_edits


def list_file_findings(consultation, file_content, *, known_names=False):
    brought = actions.read_returned_file(
        consultation=consultation, file_name="draft.docx", file_data=file_content, with_names=known_names
    )
    return [(one.kind, one.clause, one.exact, one.body or one.proposed) for one in brought.said.findings]


def test_unchanged_draft_has_no_findings(open_consultation, consultation_docx):
    with pytest.raises(ActionRefused, match="no changes or comments"):
        list_file_findings(open_consultation, consultation_docx)


def test_changes_and_comments_are_found_at_their_clauses(open_consultation, consultation_docx):
    data = word_edits.edit_word_document(
        consultation_docx,
        word_edits.replace_tracked("may report", "report"),
        word_edits.comment_on("named contact", "Whose contact?", "Somebody"),
        word_edits.replace_untracked("Scope of this text", "Scope"),
        word_edits.replace_tracked("reports", "all reports"),
        word_edits.insert_paragraph("A deputy is named too.", next_text="Asked"),
        word_edits.delete_paragraph("read again"),
        word_edits.comment_on("Hotlines", "Helplines as well."),
    )

    assert list_file_findings(open_consultation, data) == [
        ("proposal", 1, "", "Scope"),
        ("proposal", 2, "", "Providers report what they find to the hotline of their country."),
        ("comment", 3, "", "Add after this clause: A deputy is named too."),
        ("question", 3, "named contact", "Whose contact?"),
        ("proposal", 5, "", "Who | What\nProviders | all reports\nHotlines | answers"),
        ("comment", 5, "Hotlines", "Helplines as well."),
        ("comment", 6, "", "Remove this clause."),
    ]


def test_clauses_without_bookmarks_are_matched_by_number_and_similarity(open_consultation, consultation_docx):
    data = word_edits.edit_word_document(
        consultation_docx,
        word_edits.replace_tracked("may report", "report"),
        word_edits.replace_untracked("within three working days", "on the next day"),
        word_edits.comment_on("read again", "By whom?"),
        word_edits.remove_bookmarks_and_properties,
        word_edits.replace_untracked("[6] ", ""),
    )

    assert [one for one in list_file_findings(open_consultation, data) if one[1]] == [
        ("proposal", 2, "", "Providers report what they find to the hotline of their country."),
        ("proposal", 3, "", "A named contact answers on the next day."),
        ("question", 6, "read again", "By whom?"),
    ]


def test_author_names_are_omitted_unless_requested(open_consultation, consultation_docx):
    data = word_edits.edit_word_document(
        consultation_docx,
        word_edits.replace_tracked("may", "must", "Ann A."),
        word_edits.comment_on("contact", "A name.", "Ben B."),
    )

    assert [one[3] for one in list_file_findings(open_consultation, data)] == [
        "Providers must report what they find to the hotline of their country.",
        "A name.",
    ]
    assert [one[3] for one in list_file_findings(open_consultation, data, known_names=True)] == [
        "Ann A.",
        "A name. (Ben B.)",
    ]


def test_tracked_move_becomes_comment_on_position(open_consultation, consultation_docx):
    data = word_edits.edit_word_document(consultation_docx, word_edits.move_paragraph("read again", next_text="[2] "))

    assert list_file_findings(open_consultation, data) == [("comment", 6, "", "Move this clause after clause 1.")]


def test_words_between_clauses_are_kept_as_comment(open_consultation, consultation_docx):
    data = word_edits.edit_word_document(
        consultation_docx, word_edits.add_text_box("In a box.", "named contact"), word_edits.add_nested_table("Within.")
    )

    assert list_file_findings(open_consultation, data) == [
        ("comment", 2, "", "Add after this clause: In a box."),
        ("proposal", 5, "", "Who | What\nProviders | reports\nHotlines | answers Within."),
    ]


def test_clause_split_in_word_is_one_proposal(open_consultation, consultation_docx):
    data = word_edits.edit_word_document(
        consultation_docx,
        word_edits.replace_untracked("A named contact answers within three working days.", "A named contact answers"),
        word_edits.insert_paragraph("within three working days.", next_text="Asked", is_tracked=False),
    )

    assert list_file_findings(open_consultation, data) == [
        ("proposal", 3, "", "A named contact answers\nwithin three working days.")
    ]


@pytest.mark.parametrize(
    ("file_name", "file_content", "refusal_code"),
    [
        ("draft.docx", make.replace_zip_parts(make.build_word_file(), **{"word/vbaProject.bin": b"x"}), "macros"),
        ("draft.docm", make.build_word_file(), "outdated"),
        ("draft.pdf", b"%PDF-1.4", "not_for_readings"),
        ("draft.docx", b"PK\x03\x04 cut short", "broken_document"),
        ("draft.docx", b"", "empty"),
    ],
)
def test_files_of_other_kinds_are_refused(open_consultation, file_name, file_content, refusal_code):
    with pytest.raises(FileRefused) as refused:
        actions.read_returned_file(
            consultation=open_consultation, file_name=file_name, file_data=file_content, with_names=False
        )

    assert refused.value.code == refusal_code


def test_unrelated_document_is_refused(open_consultation):
    with pytest.raises(ActionRefused, match="Check that you chose the right file"):
        list_file_findings(open_consultation, make.build_word_file())


def test_comparisons_per_clause_are_limited(monkeypatch):
    parts = ["Providers report what they find", "to the hotline of their country", "within three working days"]
    clauses = [returned_word_file.OriginalClause(1, "paragraph", " ".join(parts))]
    blocks = [{"kind": "paragraph", "text": part, "by": [], "anchors": []} for part in parts]
    blocks[0]["anchors"] = [("mark", "c1", 0)]
    answer = {"blocks": blocks, "before": [], "comments": {}}

    def find_word_changes():
        return [
            (one.kind, one.proposed)
            for one in returned_word_file.analyze_returned_file(
                answer, clauses, is_our_file=True, with_names=False
            ).findings
        ]

    assert find_word_changes() == [("proposal", "\n".join(parts))]
    monkeypatch.setattr(returned_word_file, "MAX_SPLIT_PARAGRAPHS", 1)
    assert find_word_changes() == [("proposal", "\n".join(parts[:2])), ("comment", "")]
