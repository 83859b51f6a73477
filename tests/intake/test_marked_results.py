"""Marks of a result inside or at the end of a note in French, and deadlines as such notes write them."""

from datetime import date

import pytest

from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.meeting_chairs import CHAIR_NOTE_PATTERN
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.note_marks import build_labelled_note_claims


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("Canaux : débat => OK pour tous : radio d'abord, vidéo ensuite", "radio d'abord, vidéo ensuite"),
        ("cible = parents d'enfants de 8 à 12 ans (décision)", "cible = parents d'enfants de 8 à 12 ans"),
        ("The fee stays [decision]", "The fee stays"),
        ("Le budget (décision en mai)", None),
        ("Budget (décision)", None),
        ("5. Rent of the hall (decision)", None),
        ("Elecciones [decisión]", None),
        ("Topic for next time: fees 2027 (decision)", None),
        ("La cuota queda en 40 (decisión)", "La cuota queda en 40"),
        ("We discussed the old plan => all agreed: no.", None),
        ("Faut-il voter (décision) ?", None),
        ("OK pour tous les membres du groupe", None),
    ],
)
def test_marked_decision(phrase, words):
    claims = build_labelled_note_claims(phrase, uses_conclusions=False)

    assert [claim.words for claim in claims or [] if claim.kind == "decision"] == ([words] if words else [])


@pytest.mark.parametrize(
    ("phrase", "due", "day"),
    [
        ("@Ana script radio de 45 s, version française (3 juil.)", "3 juil", date(2026, 7, 3)),
        ("@Ana devis de 3 studios pour le 10/07", "pour le 10/07", date(2026, 7, 10)),
        ("send the quote by 10/07", "by 10/07", None),
    ],
)
def test_deadline_of_note(phrase, due, day):
    assert find_deadline(phrase) == due
    assert find_due_day(due, date(2026, 6, 18)) == day


@pytest.mark.parametrize(("note", "is_chair"), [("anime", True), ("qui anime", True), ("anime un atelier", False)])
def test_chair_by_verb_beside_name(note, is_chair):
    assert (CHAIR_NOTE_PATTERN.search(f" ({note})") is not None) == is_chair
