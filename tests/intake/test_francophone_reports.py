"""Minutes as many French-speaking committees write them, and the same phrases in other languages."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS, add_apologies

TITLE = "# Réunion du 3 mai 2026\n\n"
END = "\n\nLe budget est approuvé.\n"


def find_people(text, language="fr"):
    """Who came, and who sent apologies."""
    made = [each for each in add_apologies(read_report(text, language=language)).suggestions if each.kind == "attendee"]
    came = [name for each in made if not each.status for name in each.actors]
    return came, [name for each in made if each.status == APOLOGIES_STATUS for name in each.actors]


@pytest.mark.parametrize(
    ("line", "language", "came", "absent"),
    [
        (
            "Connectés : A. Lopes (OAK), Pr D. Said (dès 10h30) et F. Lind. Ont prévenu de leur absence\n: O. Haddad.",
            "fr",
            ["A. Lopes", "Pr D. Said", "F. Lind"],
            ["O. Haddad"],
        ),
        ("Participait par téléphone : Mme Dina Said (Orme), jusqu'à 12h.", "fr", ["Mme Dina Said"], []),
        ("Joined by phone: Dina Said (Oak Farm), until noon.", "en", ["Dina Said"], []),
        (
            "Logged in: Ana Lopes (Oak), Ben Okoro (Elm). Announced their absence: Dina Said.",
            "en",
            ["Ana Lopes", "Ben Okoro"],
            ["Dina Said"],
        ),
        (
            "Conectadas: Ana Lopes (Roble), Dina Said (Olmo). Avisaron de su ausencia: Ben Okoro, Eva Ruiz.",
            "es",
            ["Ana Lopes", "Dina Said"],
            ["Ben Okoro", "Eva Ruiz"],
        ),
        (
            "Participaram à distância: Ana Lopes (Pomar), Dina Said (Horta). Avisaram da sua ausência: Ben Okoro.",
            "pt",
            ["Ana Lopes", "Dina Said"],
            ["Ben Okoro"],
        ),
        ("المتصلون: سامي خليل (الأمل)، هدى منصور (النور)", "ar", ["سامي خليل", "هدى منصور"], []),
        ("Connectés : 41 personnes en moyenne, dont 3 en arabe.", "fr", [], []),
        ("Connectés : https://example.org/salle", "fr", [], []),
        ("Connected: The two networks are now one.", "en", [], []),
        ("Mme Ana Lopes a prévenu de son absence la semaine prochaine.", "fr", [], []),
    ],
)
def test_labels_of_attendance_name_who_came_and_who_did_not(line, language, came, absent):
    assert find_people(f"{TITLE}{line}{END}", language) == (came, absent)
