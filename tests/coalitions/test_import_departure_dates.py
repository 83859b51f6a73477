"""Dates in remarks that an organisation has left: only those of the departure are its last day."""

import pytest

from jukwaa.coalitions.imports.departure_dates import find_departure_date
from jukwaa.coalitions.imports.row_wording import LEAVING


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        ("LEFT 30/6/2025 - company closed", "2025-06-30"),
        ("left the coalition in June 2025", "2025-06"),
        ("merged into Harbour Trust, 2024", "2024"),
        ("Left (March 2024)", "2024-03"),
        ("asbl dissoute au 31.12.2025", "2025-12-31"),
        ("parti en juin 2024", "2024-06"),
        ("dada de baja el 30 de junio de 2025", "2025-06-30"),
        ("closed 2024", "2024"),
        ("left effective 30 June 2025", "2025-06-30"),
        ("left w.e.f. 30/06/2025", "2025-06-30"),
        ("Left in the year 2024", "2024"),
        ("left 2024 due to its costs", "2024"),
        ("left in 2024 members decided", "2024"),
        ("a quitté la coalition à compter du 30 juin 2025", "2025-06-30"),
        ("has left 2019 members list", ""),
        ("member since 2015, has left", ""),
        ("Left the network (joined 2015)", ""),
        ("has left (since 2015 a member)", ""),
        ("has left. Since 2015 a member", ""),
        ("joined (2015), has left", ""),
        ("parti, adhérent depuis 2012", ""),
        ("se dio de baja; miembro desde 2012", ""),
        ("left - founded 1998", ""),
        ("LEFT, see minutes of 2023", ""),
    ],
)
def test_only_the_date_of_the_departure_is_the_last_day(import_rows, remark, expected):
    brought = import_rows(["Sorrel", "2019", remark], heading=["Organisation", "Member since", "Remarks"])
    row = brought.rows.get()
    assert str(row.number) in brought.row_looks["wording"][LEAVING]

    assert find_departure_date(row, {}) == expected
