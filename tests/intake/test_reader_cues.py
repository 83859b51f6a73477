"""Every cue shows itself by a sentence that has it and one that only looks so."""

import runpy
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from django.utils import translation

from jukwaa.intake.models import Suggestion
from jukwaa.intake.reader.cue import CueBook, find_sentence_cue
from jukwaa.intake.reader.cues import SENTENCE_CUES, collect_cue_words
from jukwaa.intake.reader.model import SUGGESTION_KINDS
from jukwaa.intake.reader.roles import HEADING_ROLES, get_heading_role
from jukwaa.intake.reader.section_promises import REASONS_BY_SECTION_KIND

CUE_IDS = [f"{cue.kind}: {cue.name}" for cue in SENTENCE_CUES]


@pytest.mark.parametrize("cue", SENTENCE_CUES, ids=CUE_IDS)
def test_cue_matches_its_example(cue):
    hits = CueBook([cue]).find_cue_hits(cue.example, collect_cue_words(cue.example), None)

    assert [hit.cue.name for hit in hits] == [cue.name]


@pytest.mark.parametrize("cue", SENTENCE_CUES, ids=CUE_IDS)
def test_cue_does_not_match_its_counter_example(cue):
    assert find_sentence_cue(cue, cue.counter) is None


def test_cue_names_are_unique_per_kind():
    assert len(set(CUE_IDS)) == len(CUE_IDS)


def test_every_kind_has_cues():
    assert {cue.kind for cue in SENTENCE_CUES} == set(SUGGESTION_KINDS)


def test_every_cue_reason_is_extracted_for_translation():
    gather = runpy.run_path(str(Path(__file__).parents[2] / "bin/messages"))
    marked = {
        message
        for file in gather["files"]()
        if "intake" in file.parts
        for _line, message, *_rest in extract("python", BytesIO(gather["source"](file)), gather["KEYWORDS"])
    }

    assert {
        *(cue.why for cue in SENTENCE_CUES),
        *REASONS_BY_SECTION_KIND.values(),
        "the sentence names the chair of the meeting",
    } <= marked


def test_cue_reason_is_stored_untranslated_and_shown_translated():
    made = Suggestion(why="Decision")  # a word that is translated

    with translation.override("es"):
        told = made.reason

    assert (made.why, made.reason, told, Suggestion().reason) == ("Decision", "Decision", "Decisión", "")


@pytest.mark.parametrize("heading_role", HEADING_ROLES, ids=[role.name for role in HEADING_ROLES])
def test_heading_role_is_recognised_by_its_example_only(heading_role):
    assert (get_heading_role(heading_role.example), get_heading_role(heading_role.counter) == heading_role.name) == (
        heading_role.name,
        False,
    )
