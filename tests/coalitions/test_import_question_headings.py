"""Columns of a form export: their headings are the questions of the form."""

import pytest

from jukwaa.coalitions.imports.fields import guess_column_mapping

QUESTIONS = {
    "Timestamp": "",
    "Email Address": "email",
    "What is the full legal name of your organisation?": "name",
    "Does it have a short name or acronym? (leave blank if it doesn't)": "acronym",
    "In which country (or countries) are you based?": "country",
    "How would you describe yourselves? (in your own words - ministry, charity, company ...)": "stakeholder_group",
    "Who will be your main contact? (name AND role please)": "contact",
    "Anyone else who should receive our emails?": "",
    "Phone or WhatsApp, with country code": "phone",
    "Website": "website",
    "Which working group(s) would you like to join? (tick all that apply)": "areas",
    "May we publish your name?": "",
    "What can you bring, and is there anything else we should know?": "",
    "Column 13": "",
    "YD notes": "",
}


def test_questions_of_a_form_are_recognised():
    assert dict(zip(QUESTIONS, guess_column_mapping([*QUESTIONS], "members"), strict=True)) == QUESTIONS


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            [
                "Quel est le nom officiel de votre organisation ?",
                "Votre organisation a-t-elle un sigle ?",
                "Dans quel pays êtes-vous établis ?",
                "Qui sera votre contact principal ?",
                "Numéro de téléphone avec l'indicatif du pays",
                "Pouvons-nous publier le nom de votre organisation ?",
            ],
            ["name", "acronym", "country", "contact", "phone", ""],
        ),
        (
            [
                "¿Cuál es el nombre oficial de su organización?",
                "¿Tiene su organización una sigla?",
                "¿En qué país tienen su sede?",
                "¿Quién será la persona de contacto?",
                "Teléfono o WhatsApp con código de país",
                "¿Podemos publicar el nombre de su organización?",
            ],
            ["name", "acronym", "country", "contact", "phone", ""],
        ),
        (
            [
                "Qual é o nome oficial da sua organização?",
                "Em que país estão sediados?",
                "Quem será o contacto principal?",
                "Podemos publicar o nome da organização?",
            ],
            ["name", "country", "contact", ""],
        ),
    ],
)
def test_questions_in_other_languages_are_recognised(headings, expected):
    assert guess_column_mapping(headings, "members") == expected


@pytest.mark.parametrize(
    "heading",
    [
        "Do you agree that we share the name of your organisation with other members?",
        "May we list the name of your organisation on the website?",
        "Who told you about our organisation and its members?",
        "In which year was your organisation founded?",
        "What is the name of the project you would like to present?",
        "Is there anything we should know about your country's laws?",
    ],
)
def test_other_questions_are_not_recognised(heading):
    assert guess_column_mapping([heading], "members") == [""]


def test_yes_no_column_is_not_guessed_as_name():
    heading = "Is the legal name of your organisation the same as in 2025?"
    rows = [["Yes", "Quillwort"], ["no", "Sorrel"], ["yes", "Bryony"]]

    assert guess_column_mapping([heading, "Organisation"], "members", rows) == ["", "name"]
    assert guess_column_mapping([heading, "Column 2"], "members", rows) == ["", ""]
