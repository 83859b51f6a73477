"""The day of a meeting in Roman numerals, in words, without a year, and beside days of emails and signatures."""

from datetime import date

import pytest

from jukwaa.intake.meeting_facts import find_meeting_facts


@pytest.mark.parametrize(
    ("text", "file_name", "expected_day"),
    [
        ("Orchard record\n\nMid-year meeting · Lund, 11.VI.2025\n", "", date(2025, 6, 11)),
        ("Reunión del 3/XII/2024\n", "", date(2024, 12, 3)),
        (
            (
                "L’an deux mille vingt-cinq et le jeudi seize juillet, les membres se sont réunis.\n\n"
                "Fait à Dakar, le 20 juillet 2025\n"
            ),
            "",
            date(2025, 7, 16),
        ),
        ("El día veintiuno de marzo de dos mil veinticinco se reunieron los socios.\n", "", date(2025, 3, 21)),
        ("Aos cinco de maio de dois mil e vinte e quatro reuniu-se a rede.\n", "", date(2024, 5, 5)),
        ("Aos doze dias do mês de março de dois mil e vinte e seis reuniu-se a rede.\n", "", date(2026, 3, 12)),
        ("A los 12 días del mes de marzo de 2026 se reúne la junta.\n", "", date(2026, 3, 12)),
        ("Protokoll\n\nDatum: 3. März 2026, 14 Uhr\n", "", date(2026, 3, 3)),
        ("Verslag\n\nDatum: dinsdag 3 maart 2026\n", "", date(2026, 3, 3)),
        ("Acta\n\nLa entrega será en 12 días de trabajo.\n", "", None),
        ("Minutes of the sixteenth day of July two thousand and twenty-five\n", "", date(2025, 7, 16)),
        ("Compte rendu\n\nFait à Dakar, le 20 juillet 2025\n", "", None),
        ("Minutes\n\nSigned on 4 May 2025\n\nMeeting of 2 May 2025\n", "", date(2025, 5, 2)),
        # Without a year: the only year that is named, and the order that other dates show.
        ("call 10/9 - zoom\n\nask the school by 24/9, see 2025/7\n", "", date(2025, 9, 10)),
        ("call 9/10 - zoom\n\nask the school by 9/24, see 2025/7\n", "", date(2025, 9, 10)),
        ("call 10/9 - zoom\n\nsee the plan of 2025\n", "", None),
        ("call 10/9 - zoom\n\nsee the plan of 2025\n", "rough 10 sept.txt", date(2025, 9, 10)),
        ("call 24/9 - zoom\n\nplans of 2024 and 2025\n", "", None),
        ("call 24/9 - zoom\n\nplan of 2025\n", "", date(2025, 9, 24)),
        ("call 24.9. - zoom\n\nplan of 2025\n", "", date(2025, 9, 24)),
        # The day of an email, and of those that it answers, is not that of the meeting.
        (
            (
                "Corrected, thanks!\n\nOn Mon, 10 Nov 2025 at 21:14, Ben Okoro <ben@example.org> wrote:\n> Dear all,\n"
                ">\n> Le ven. 7 nov. 2025 à 09:31, Ana Lopes <ana@example.org> a écrit :\n"
                ">> Thank you for the call yesterday (Thurs 6 Nov, Teams).\n>> Next call: Thursday 4 December\n"
            ),
            "",
            date(2025, 11, 6),
        ),
    ],
)
def test_report_day_is_found_in_other_date_notations(text, file_name, expected_day):
    assert find_meeting_facts(text, file_name).exact_day == expected_day
