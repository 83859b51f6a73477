"""Names with telephone numbers as they are written in one country are personal details."""

from time import process_time

import pytest

from jukwaa.intake.phone_lists import has_phone_list
from jukwaa.intake.source_readers import describe_drive_file_details


@pytest.mark.parametrize(
    "text",
    [
        "Contacts\n\nMarième 77 555 01 12\nBrice 677 55 20 20 (pas après 20h)\nHatem 98 555 212\nGrâce 81 555 10 10",
        "- Ana Ruiz: 612-34-56-78\n- Luis Gil: 699-12-34-56",
        "Numéros WhatsApp\nMarième 775550112\nBrice 677552020",
        "Phones\nAna | 555 123 456\nLuis | 555 123 457",
        "سلمى 98 55 52 12\nيوسف 22 55 10 10",
        "Mme Awa Diallo\t70 12 34 56\nM. Ali Ba\t76 12 34 56",
        "1. Ana Paz 9123 4567\n2. Ben Oak 9876 5432",
        "1 | Ana Paz | Oak Trust | 9123 4567\n2 | Ben Oak | Elm Farm | 9876 5432",
        "Ana Paz | 1980 | 9123 4567\nBen Oak | 1981 | 9876 5432",
        "Ana Paz, Oak Trust, 9123 4567\nBen Oak (Elm Farm) 9876 5432",
        "Ana Paz 9123 4567/9123 4568\nBen Oak 9876 5432 / 9876 5433",
        "Ana Paz 77\u00a0555\u00a001\u00a012\nBen Oak 77\u00a0555\u00a001\u00a013",
    ],
)
def test_names_with_local_numbers_are_found(text):
    assert has_phone_list(text)
    assert describe_drive_file_details(text) == "a telephone number"


@pytest.mark.parametrize(
    "text",
    [
        "Traduction 1 250 000\nSalle 12 500 000\nTransport 3 400 000",
        "Kenya 53 771 296\nGhana 31 072 940",
        "Kenya 53771296\nGhana 31072940",
        "Nairobi 12-11-2026\nDakar 09-12-2025",
        "Meeting 2026-11-17 10:30\nMeeting 2026-12-17 10:30",
        "Budget 2026 2027\nPlan 2025-2026",
        "Marième 77 555 01 12",
        "Section 1 2 3 4\nSection 2 2 3 4",
        "Article 12.3.4567\nArticle 13.4.5678",
        "Reference 2024-1234\nFile 2025-5678",
        "1. Training 1 250 000\n2. Rooms 12 500 000",
        "Training | 12 000 - 15 000\nRooms | 10 000 - 12 000",
        "Meeting | Nairobi | 12-11-2026\nMeeting | Dakar | 13-11-2026",
        "12 500 000 Kenya\n13 500 000 Ghana",
        "The members agreed on 12 of the 34 points, and on 56 others.\nOn 17 11 2026 they met.",
    ],
)
def test_amounts_dates_and_single_numbers_are_no_list(text):
    assert not has_phone_list(text)


@pytest.mark.parametrize(
    "line", ["Informationssicherheitsbeauftragte" * 6, "A " * 100, "A|" * 99 + "1", "A " + "1.1" * 60]
)
def test_long_lines_are_read_at_once(line):
    started = process_time()

    assert not has_phone_list(f"{line}\n" * 1000)
    assert process_time() - started < 5
