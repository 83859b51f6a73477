"""Words that say the contrary of an apology, conclusions that decide, and a weekday that is not that of the date."""

from datetime import date

import pytest

from jukwaa.core.documents.incoming import extract_text
from jukwaa.intake.meeting_dates import find_other_weekday
from jukwaa.intake.models import Reading
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import add_apologies
from tests.core.documents import zip_named_parts
from tests.intake.readings import create_reading

ODT_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:text>'
)


def list_people(text):
    return [
        (made.status, name)
        for made in add_apologies(read_report(text)).suggestions
        if made.kind == "attendee"
        for name in made.actors
    ]


def list_decisions(text):
    return [
        " ".join((made.words or made.quote).split())
        for made in read_report(text).suggestions
        if made.kind == "decision"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Non excusé : Ben Okoro (a quitté OAK).",
        "Absents non excusés : Ben Okoro",
        "Not excused: Ben Okoro",
        "Absent without apologies: Ben Okoro",
        "No apologies: Ben Okoro",
        "Unexcused: Ben Okoro",
        "Sin excusa: Ben Okoro",
        "Ausentes sin excusa: Ben Okoro",
        "Não justificou: Ben Okoro",
        "Não justificaram a ausência: Ben Okoro",
        "Sem desculpas: Ben Okoro",
        "Ben Okoro não justificou a ausência.",
        "Ben Okoro no se excusó.",
        "Ben Okoro did not send apologies.",
        "Nicht entschuldigt: Ben Okoro",
        "Unentschuldigt: Ben Okoro",
    ],
)
def test_absent_without_apology_sent_none(line):
    assert list_people(f"# Notes\n\nThe committee met in the hall of the school.\n\n{line}\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "Excusé : Ben Okoro (OAK).",
        "Absents excusés : Ben Okoro",
        "Excused: Ben Okoro",
        "Absent with apologies: Ben Okoro",
        "Justificou: Ben Okoro",
        "Ben Okoro justificou a ausência.",
        "Excusé : Ben Okoro ; non excusé : Dina Haddad",
    ],
)
def test_apology_is_still_one(line):
    assert list_people(f"# Notes\n\nThe committee met in the hall of the school.\n\n{line}\n") == [
        ("apologies", "Ben Okoro")
    ]


@pytest.mark.parametrize(
    ("text", "decisions"),
    [
        (
            "Conclusion A1 : la semaine aura lieu en novembre. Conclusion A2 : un seul dépliant ; pas d’affiche.",
            ["la semaine aura lieu en novembre.", "un seul dépliant ; pas d’affiche."],
        ),
        ("Conclusion 3: the fee stays at 50 euros.", ["the fee stays at 50 euros."]),
        ("Conclusión 2: la cuota sigue igual.", ["la cuota sigue igual."]),
        ("Conclusão B2: a quota mantém-se.", ["a quota mantém-se."]),
        ("Conclusion: the committee approved the code.", ["the committee approved the code."]),
        ("Conclusion : il est décidé de garder le nom.", ["il est décidé de garder le nom."]),
        ("Conclusão: foi decidido manter a quota.", ["foi decidido manter a quota."]),
    ],
)
def test_conclusion_that_decides_is_decision(text, decisions):
    assert list_decisions(f"# Relevé\n\n{text}\n") == decisions


@pytest.mark.parametrize(
    "text",
    [
        "Conclusion: children spend more hours online than before.",
        "Conclusion : intérêt général pour le sujet.",
        "Conclusion 4 : rien.",
        "Conclusion 2: no decision",
        "In conclusion 2 of the report the fee is a matter of debate.",
    ],
)
def test_other_conclusions_are_no_decisions(text):
    assert list_decisions(f"# Relevé\n\n{text}\n") == []


@pytest.mark.parametrize(
    ("words", "weekday"),
    [
        ("Nouméa, jeudi 8 juillet 2026, 9 h", 3),
        ("Thursday 8 July 2026", 3),
        ("Thursday, July 8, 2026", 3),
        ("jueves 8 de julio de 2026", 3),
        ("quinta-feira, 8 de julho de 2026", 3),
        ("mercredi 8 juillet 2026", None),
        ("Wednesday, 8 July 2026", None),
        ("8 July 2026. Next meeting: Thursday 24 September 2026", None),
        ("Wednesday 8 July 2026; draft of Thursday 8 July", None),
        ("Thursday 8 July 2027", None),
    ],
)
def test_weekday_of_another_day_is_found(words, weekday):
    assert find_other_weekday(words, date(2026, 7, 8)) == weekday


@pytest.mark.django_db
@pytest.mark.parametrize(("weekday", "is_noted"), [("Thursday", True), ("Wednesday", False)])
def test_report_says_that_weekday_does_not_fit(coalition, rapporteur, weekday, is_noted):
    text = f"# Minutes of the board\n\nDate: {weekday} 8 July 2026\n\nDecided: the fee stays.\n"
    reading = Reading.objects.get(pk=create_reading(coalition, rapporteur, text).pk)
    note = "8 July 2026 is a Wednesday, but the text says Thursday. Check the date."

    assert (note in reading.notes) == is_noted


@pytest.mark.parametrize(
    ("annotation", "is_noted"),
    [
        ("<office:annotation><text:p>It was the 9th.</text:p></office:annotation>", True),
        ("", False),
    ],
)
def test_comments_of_open_document_are_noted(annotation, is_noted):
    content = f"{ODT_HEAD}<text:p>Minutes of 8 July{annotation}</text:p>"
    content += "</office:text></office:body></office:document-content>"
    mime_type = "application/vnd.oasis.opendocument.text"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    data = zip_named_parts({"mimetype": mime_type, "content.xml": content, "META-INF/manifest.xml": manifest})

    extracted = extract_text(data, "a.odt")

    assert extracted.text.strip() == "Minutes of 8 July"
    assert ("Comments in the margin were not read." in extracted.notes) == is_noted
