"""What is found in a draft that was changed and commented: each change and each remark at its clause."""

import pytest

from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import actions, returned_word_file
from tests.core import documents as make
from tests.drafting import hands


def findings(asked, data, *, names=False):
    brought = actions.read_returned_file(consultation=asked, name="draft.docx", data=data, names=names)
    return [(one.kind, one.clause, one.exact, one.body or one.proposed) for one in brought.said.findings]


def test_an_untouched_draft_holds_nothing(asked, draft):
    with pytest.raises(ActionRefused, match="no changes or comments"):
        findings(asked, draft)


def test_each_change_and_each_comment_is_found_at_its_clause(asked, draft):
    data = hands.edited(
        draft,
        hands.tracked("may report", "report"),
        hands.remark("named contact", "Whose contact?", "Somebody"),
        hands.plainly("Scope of this text", "Scope"),
        hands.tracked("reports", "all reports"),
        hands.added("A deputy is named too.", before="Asked"),
        hands.taken_out("read again"),
        hands.remark("Hotlines", "Helplines as well."),
    )

    assert findings(asked, data) == [
        ("proposal", 1, "", "Scope"),
        ("proposal", 2, "", "Providers report what they find to the hotline of their country."),
        ("comment", 3, "", "Add after this clause: A deputy is named too."),
        ("question", 3, "named contact", "Whose contact?"),
        ("proposal", 5, "", "Who | What\nProviders | all reports\nHotlines | answers"),
        ("comment", 5, "Hotlines", "Helplines as well."),
        ("comment", 6, "", "Remove this clause."),
    ]


def test_without_marks_the_clauses_are_found_by_number_and_likeness(asked, draft):
    data = hands.edited(
        draft,
        hands.tracked("may report", "report"),
        hands.plainly("within three working days", "on the next day"),
        hands.remark("read again", "By whom?"),
        hands.without_marks,
        hands.plainly("[6] ", ""),
    )

    assert [one for one in findings(asked, data) if one[1]] == [
        ("proposal", 2, "", "Providers report what they find to the hotline of their country."),
        ("proposal", 3, "", "A named contact answers on the next day."),
        ("question", 6, "read again", "By whom?"),
    ]


def test_names_are_left_out_unless_they_are_wanted(asked, draft):
    data = hands.edited(draft, hands.tracked("may", "must", "Ann A."), hands.remark("contact", "A name.", "Ben B."))

    assert [one[3] for one in findings(asked, data)] == [
        "Providers must report what they find to the hotline of their country.",
        "A name.",
    ]
    assert [one[3] for one in findings(asked, data, names=True)] == ["Ann A.", "A name. (Ben B.)"]


def test_a_tracked_move_is_a_comment_on_where_the_clause_is_to_stand(asked, draft):
    data = hands.edited(draft, hands.moved("read again", before="[2] "))

    assert findings(asked, data) == [("comment", 6, "", "Move this clause after clause 1.")]


def test_what_stands_outside_of_the_text_is_kept_as_said_after_a_clause(asked, draft):
    data = hands.edited(draft, hands.text_box("In a box.", "named contact"), hands.nested_table("Within."))

    assert findings(asked, data) == [
        ("comment", 2, "", "Add after this clause: In a box."),
        ("proposal", 5, "", "Who | What\nProviders | reports\nHotlines | answers Within."),
    ]


def test_a_clause_that_was_parted_in_two_is_one_proposal(asked, draft):
    data = hands.edited(
        draft,
        hands.plainly("A named contact answers within three working days.", "A named contact answers"),
        hands.added("within three working days.", before="Asked", track=False),
    )

    assert findings(asked, data) == [("proposal", 3, "", "A named contact answers\nwithin three working days.")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("draft.docx", make.repacked(make.word(), **{"word/vbaProject.bin": b"x"}), "macros"),
        ("draft.docm", make.word(), "outdated"),
        ("draft.pdf", b"%PDF-1.4", "not_for_readings"),
        ("draft.docx", b"PK\x03\x04 cut short", "broken_zip"),
        ("draft.docx", b"", "empty"),
    ],
)
def test_files_of_other_kinds_are_refused(asked, name, data, code):
    with pytest.raises(FileRefused) as refused:
        actions.read_returned_file(consultation=asked, name=name, data=data, names=False)

    assert refused.value.code == code


def test_a_document_that_is_not_ours_at_all_is_refused(asked):
    with pytest.raises(ActionRefused, match="Check that you chose the right file"):
        findings(asked, make.word())


def test_a_file_of_endless_paragraphs_is_compared_with_the_clause_before_them_no_more_than_some(monkeypatch):
    parts = ["Providers report what they find", "to the hotline of their country", "within three working days"]
    clauses = [returned_word_file.OriginalClause(1, "paragraph", " ".join(parts))]
    blocks = [{"kind": "paragraph", "text": part, "by": [], "anchors": []} for part in parts]
    blocks[0]["anchors"] = [("mark", "c1", 0)]
    answer = {"blocks": blocks, "before": [], "comments": {}}

    def found():
        return [
            (one.kind, one.proposed)
            for one in returned_word_file.analyze_returned_file(answer, clauses, ours=True, names=False).findings
        ]

    assert found() == [("proposal", "\n".join(parts))]
    monkeypatch.setattr(returned_word_file, "MAX_SPLIT_PARAGRAPHS", 1)
    assert found() == [("proposal", "\n".join(parts[:2])), ("comment", "")]
