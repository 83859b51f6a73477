"""How far a commitment is, as the tables of reports write it."""

import pytest

from jukwaa.intake.guesses import parse_commitment_progress
from jukwaa.meetings.models import Commitment


@pytest.mark.parametrize(
    ("status", "progress"),
    [
        ("4 of 4 - closed", Commitment.Progress.KEPT),
        ("still open (third time!)", Commitment.Progress.OPEN),
        ("Ongoing \u2013 21 of 42 answers in", Commitment.Progress.IN_HAND),
        ("Pending - no quorum", Commitment.Progress.OPEN),
        ("G - on track, done", Commitment.Progress.KEPT),
        ("Closed (dropped)", Commitment.Progress.DROPPED),
        ("Closed (letters sent)", Commitment.Progress.KEPT),
        ("Se deja sin efecto", Commitment.Progress.DROPPED),
        ("toujours en cours", Commitment.Progress.IN_HAND),
        ("letter sent 3 Aug, no answer yet - open", Commitment.Progress.OPEN),
        ("no reply yet", Commitment.Progress.OPEN),
        ("half translated, carried", Commitment.Progress.OPEN),
        ("Late, now end of May", Commitment.Progress.OPEN),
        ("done - see open item 3", Commitment.Progress.KEPT),
        ("Ongoing – 21 answers so far", Commitment.Progress.IN_HAND),
        ("G – on track", ""),
        ("Closed (dropped) – nobody may share it", Commitment.Progress.DROPPED),
        ("Closed (sent in May)", Commitment.Progress.KEPT),
        ("done :-)", Commitment.Progress.KEPT),
        ("carried unanimously", ""),
        ("letter sent, to be closed in May", ""),
        ("Ana asked - closed meeting only", ""),
        ("lately quiet", ""),
    ],
)
def test_status_is_read_from_its_first_words_or_its_last_part(status, progress):
    assert parse_commitment_progress(status) == progress
