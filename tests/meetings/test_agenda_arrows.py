"""Lines of an agenda in an email: lengths in "mn", and the purpose behind an arrow."""

import pytest

from jukwaa.meetings.agenda_lines import parse_agenda_lines
from jukwaa.meetings.models import Part


@pytest.mark.parametrize(
    ("line", "title", "minutes", "purpose"),
    [
        ("Ouverture - Mme Lopes - 10 mn", "Ouverture - Mme Lopes", 10, None),
        ("Budget 2027 - Ana - 25 mn -> pour décision", "Budget 2027 - Ana", 25, Part.Purpose.DECISION),
        ("Adhésions - 15 mn => décision", "Adhésions", 15, Part.Purpose.DECISION),
        ("Texte - 40 min -> pour décision : dates", "Texte -- dates", 40, Part.Purpose.DECISION),
        ("Move from paper -> online forms - 5 min", "Move from paper -> online forms", 5, None),
        ("Vote -> result: who counts - 5 min", "Vote -> result: who counts", 5, None),
    ],
)
def test_agenda_line_with_arrow(line, title, minutes, purpose):
    parsed = parse_agenda_lines(f"1) {line}\n2) Fees - 5 min\n")[0]

    assert (parsed.title, parsed.minutes, parsed.purpose) == (title, minutes, purpose)
