"""Plain-text minutes in Indonesian: columns divided by spaces, labels below tasks, people who sent apologies."""

from datetime import date

import pytest

from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS, add_apologies

MINUTES = """NOTULEN RAPAT

DAFTAR HADIR
 1. Sri Lestari        Kebun Anak                 luring
 2. Dewi Anggraini     Sekolah Laut (tamu)        daring
Izin: Bambang Prasetyo (Dinas Kebun), diwakili Dewi Anggraini

KEPUTUSAN
a. Disepakati bahwa pagar dicat hijau.

TINDAK LANJUT
- Beli cat hijau untuk pagar sekolah
  PIC: Sri | tenggat: 30 Okt
- Kirim surat ke Dinas Kebun
  PIC: Sri | tenggat: 15 Okt
- Siapkan kuas untuk pagar
  PIC: Dewi + Sri | tenggat: menyusul

Rapat berikutnya: Kamis, 14 Januari 2027, 13.30 WIB
"""


def test_minutes_in_indonesian_are_read_by_their_headings_and_labels():
    found = add_apologies(read_report(MINUTES)).suggestions
    assert [(made.kind, made.actors, made.due) for made in found if made.status != APOLOGIES_STATUS] == [
        ("attendee", ("Sri Lestari",), ""),
        ("attendee", ("Dewi Anggraini",), ""),
        ("decision", (), ""),
        ("commitment", ("Sri",), "30 Okt"),
        ("commitment", ("Sri",), "15 Okt"),
        ("commitment", ("Dewi", "Sri"), "menyusul"),
        ("next_meeting", (), ""),
    ]
    assert [made.actors for made in found if made.status == APOLOGIES_STATUS] == [("Bambang Prasetyo",)]


def test_short_month_is_a_deadline():

    assert find_due_day("30 Okt", date(2026, 10, 8)) == date(2026, 10, 30)


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("Ana Lopes        Elm Farm\nBen Okoro        Oak Trust\n", [("Ana Lopes",), ("Ben Okoro",)]),
        ("Ana Lopes, Elm Farm\nBen Okoro, Oak Trust\n", [("Ana Lopes",), ("Ben Okoro",)]),
    ],
)
def test_columns_divided_by_spaces_are_no_part_of_a_name(lines, people):
    found = read_report(f"Minutes of the meeting\n\nPresent\n{lines}\nIt was agreed that the fee stays.\n").suggestions
    assert [made.actors for made in found if made.kind == "attendee"] == people
