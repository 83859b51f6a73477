"""Rows of attendance that say that a person was away, with or without apologies."""

import pytest

from jukwaa.intake.chosen_attendance import find_chosen_attendance


@pytest.mark.parametrize(
    ("row", "attendance"),
    [
        ("Milagros Paz | Patronato | Ausente (justificou)", [(["Milagros Paz"], "apologies")]),
        ("Ana Lopes | IWF | Absente excusée", [(["Ana Lopes"], "apologies")]),
        ("Ana Lopes | IWF | Ausente", []),
        ("Ana Lopes | IWF | Did not attend", []),
    ],
)
def test_people_who_were_away_are_not_added_as_present(row, attendance):
    assert [(chosen.names, chosen.came_as) for chosen in find_chosen_attendance(row)] == attendance
