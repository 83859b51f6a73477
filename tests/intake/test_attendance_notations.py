"""Lists of those present in German, French and Spanish minutes and in rough notes, invented here."""

import pytest

from jukwaa.intake.reader import read_report


def find_attendees(text, language=None):
    made = read_report(text, language=language).suggestions
    return [name for s in made if s.kind == "attendee" for name in s.actors]


GERMAN = """# Obstwiesen

## {heading}

{here}: A. Lund, Jörg Tal (beide Ulmenhof), Ewa Nowak-Zięba (Eichenhof), Petr Novák (Beobachter)
{remote}: Nuno Serra (Linde), Esi Owusu (Buche)
{absent}: Aoife Byrne, Loïc Petit, Lina Said
Ohne Nachricht gefehlt: Ioana Popa
"""
PRESENT = ["A. Lund", "Jörg Tal", "Ewa Nowak-Zięba", "Petr Novák", "Nuno Serra", "Esi Owusu"]


@pytest.mark.parametrize("heading", ["Teilnehmende[Bearbeiten]", "Teilnehmer:innen", "Anwesenheit", "Anwesende"])
@pytest.mark.parametrize("absent", ["Entschuldigt", "Abwesend", "Es fehlten", "Verhindert"])
def test_german_list_names_those_present(heading, absent):
    text = GERMAN.format(heading=heading, here="Vor Ort", remote="Per Video", absent=absent)

    assert find_attendees(text, "de") == PRESENT


def test_titles_begin_people_of_one_organisation():
    text = (
        "# Réseau\n\nÉtaient présents (4) : Mme LUND Ana, M. TAL Cheikh Omar (Ormeau) ; M. NOVAK Petr,"
        " Mme N'DIAYE Awa (Chêne) ; Sœur BRUNI Agnese (Tilleul), à partir de 10 h.\n"
    )

    assert find_attendees(text, "fr") == [
        "Mme LUND Ana",
        "M. TAL Cheikh Omar",
        "M. NOVAK Petr",
        "Mme N'DIAYE Awa",
        "Sœur BRUNI Agnese",
    ]


def test_organisation_behind_comma_is_no_person():
    text = "# Orchard\n\nPresent: Ana Lopes, Elm Farm; Ben Okoro, Mr Green Ltd\n"

    assert find_attendees(text)[0] == "Ana Lopes"
    assert "Elm Farm" not in find_attendees(text)


def test_those_not_here_are_no_attendees():
    text = (
        "# Orchard\n\n**here (4):** Neema (Elm), Aroha + Nikau (Oak), Samuel (secretariat)\n"
        "**not here:** Ingunn 🙏 (train), Rohan (exams week), ~~Otto~~ came late\n"
    )

    assert find_attendees(text) == ["Neema", "Aroha", "Nikau", "Samuel"]


def test_name_glued_to_label_of_next_organisation_is_not_invented():
    text = (
        "# Huertos\n\n## ¿Quiénes estuvimos?\n\n"
        "Olmo: Ana Lund, Eva Tal, Rodrigo Novak Roble Azul: Julia Serra, Petra Said\nTilo: Omar Petit, Lina Popa\n"
    )

    assert find_attendees(text, "es") == ["Ana Lund", "Eva Tal", "Julia Serra", "Petra Said", "Omar Petit", "Lina Popa"]
