"""Footnotes, remarks that take something back, and signs around the words that are entered; invented here."""

import pytest

from jukwaa.intake.reader import read_report


def find_texts(text, suggestion_kind):
    return [s.words or s.quote for s in read_report(text).suggestions if s.kind == suggestion_kind]


NOTED = """# Orchard network

Decision 1: The gate is closed at night until the lock is mended.{mark}

## Action list

- Ana Lopes to mend the lock by 3 May

{footnote}
"""


@pytest.mark.parametrize(
    ("mark", "footnote"),
    [
        ("[2]", "[2] Apologies from Dina received after the meeting, on 13 March."),
        ("²", "² Apologies from Dina received after the meeting, on 13 March."),
    ],
)
def test_footnote_is_no_action_and_its_mark_no_part_of_text(mark, footnote):
    text = NOTED.format(mark=mark, footnote=footnote)

    assert find_texts(text, "commitment") == ["Ana Lopes to mend the lock by 3 May"]
    assert find_texts(text, "decision") == ["The gate is closed at night until the lock is mended."]


def test_numbered_entry_without_mark_in_text_is_no_footnote():
    text = NOTED.format(mark="", footnote="[2] Ben Okoro to send the list by 5 May")

    assert len(find_texts(text, "commitment")) == 2


@pytest.mark.parametrize(
    "remark", ["(not an action)", "(no action)", "– not a commitment", "(kein Auftrag)", "(pas une action)"]
)
def test_sentence_that_says_it_is_no_action_is_none(remark):
    text = f"# Orchard network\n\nBen Okoro will see if the date can be moved {remark}.\n"

    assert find_texts(text, "commitment") == []


def test_remark_about_something_else_keeps_action():
    text = "# Orchard network\n\nBen Okoro will ask why there was no action (see item 3) last year.\n"

    assert len(find_texts(text, "commitment")) == 1


def test_decision_that_says_it_is_none_is_not_suggested():
    text = "# Orchard network\n\nThe committee agreed to think about the gate (not a decision).\n"

    assert find_texts(text, "decision") == []


@pytest.mark.parametrize(
    "remark", ["lovely, let's not minute it", "This is off the record.", "Please don't record that."]
)
def test_what_somebody_asks_not_to_record_is_not_suggested(remark):
    text = f"# Orchard network\n\nBen Okoro will write about the fence. {remark}\n\nAna Lopes will send the list.\n"

    assert find_texts(text, "commitment") == ["Ana Lopes will send the list."]


@pytest.mark.parametrize(
    "line",
    [
        "Just for you and please not on the file: Ben Okoro will leave in June, so let us ask him to find somebody.",
        "Not for the record: Ben Okoro will ask the firm for a price.",
    ],
)
def test_words_behind_a_request_not_to_record_them_are_not_suggested(line):
    text = f"# Orchard network\n\nAna Lopes will send the list.\n\n{line}\n"

    assert [made.quote for made in read_report(text).suggestions] == ["Ana Lopes will send the list."]


@pytest.mark.parametrize(
    ("line", "entered"),
    [
        ("- ✅ **DECIDED** the gate is closed at night", "DECIDED the gate is closed at night"),
        ("- **Decision:** the __small__ gate is closed at night", "the small gate is closed at night"),
        ("- Decision: keep 2 * 3 * 4 as it is", "keep 2 * 3 * 4 as it is"),
        ("- Decision: keep the file a__b__c as it is", "keep the file a__b__c as it is"),
    ],
)
def test_signs_of_editor_are_no_part_of_text(line, entered):
    (decision,) = [s for s in read_report(f"# Orchard network\n\n{line}\n").suggestions if s.kind == "decision"]

    assert decision.words == entered
