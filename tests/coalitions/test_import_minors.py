"""A row that says that its person is under 18 leads to a question, and never to an adult in the directory."""

import pytest

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.contact_remarks import find_contact_remarks
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.core.dates import get_utc_date

UNDER_18 = "person-under-18"
GUARDIAN_HEADING = "Se tiver menos de 18 anos: nome e contacto do encarregado de educação"
MEMBER_HEADINGS = ["Organisation", "Contact person", "Email", "Position", GUARDIAN_HEADING]
PEOPLE_HEADINGS = ["Email", "Full name", "Organisation", "Role", GUARDIAN_HEADING]


def find_remarks(heading, cell, field=""):
    found = find_contact_remarks([["Name", heading], ["Quillwort", cell]], [1, 2], ["name", field], ())
    return set(found)


@pytest.mark.parametrize(
    "heading",
    [
        *(GUARDIAN_HEADING, "Nome do encarregado de educação", "Pai, mãe ou tutor legal", "Autorização dos pais"),
        *("Parent or guardian", "If under 18: name and phone of your guardian", "Parental consent"),
        *("Si moins de 18 ans : nom du tuteur", "Autorisation parentale", "Père, mère ou tuteur légal"),
        *("Si es menor de edad: nombre del tutor", "Padre, madre o tutor", "Si tiene menos de 18 años, nombre"),
        *("ولي الأمر", "إذا كان عمرك أقل من 18 سنة: اسم ولي الأمر"),
    ],
)
@pytest.mark.parametrize("field", ["", "contact", "phone"])
def test_name_of_a_guardian_says_that_the_person_is_under_18(heading, field):
    assert find_remarks(heading, "Saíde Amisse (pai), 850001904", field) == {UNDER_18}


@pytest.mark.parametrize(
    "comment",
    [
        *("J'ai 16 ans, ambassadrice jeune", "J’ai 17 ans et je suis lycéenne", "Je n'ai que 15 ans"),
        *("I am 16", "I'm 17 years old and live in Lagos", "Youth delegate. I am only 15", "I am 16 and a student"),
        *("tengo 16 años", "Tengo 17 años y soy estudiante", "tenho 16 anos", "Olá! Tenho 15 anos e gosto disto"),
        *("عمري 16", "عمري ١٦ سنة", "عمري 17 سنة وانا طالبة"),
    ],
)
def test_comment_with_the_own_age(comment):
    assert find_remarks("Comment", comment) == {UNDER_18}


@pytest.mark.parametrize(
    "comment",
    [
        *("J'ai 16 ans d'expérience", "I am 16 km from the venue", "I have 16 years of experience", "I am 26"),
        *("Tengo 16 años de experiencia", "tenho 16 anos de trabalho nesta área", "J'ai 16 ans de métier"),
        *("J'ai 45 ans", "tengo 16 miembros", "عمري 30 سنة", "I am 3 weeks away", "J'ai 12 questions"),
    ],
)
def test_other_numbers_in_comments_are_no_age(comment):
    assert find_remarks("Comment", comment) == set()


@pytest.mark.parametrize("cell", ["", "-", "n/a", "Não", "não se aplica", "No", "Sou maior de idade", "25", "18+"])
def test_empty_guardian_says_nothing(cell):
    assert find_remarks(GUARDIAN_HEADING, cell) == set()


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("Position", "member, 17 years"), ("Notes", "17 years old"), ("Notes", "aged 16"), ("Notes", "16 y/o")),
        *(("Fonction", "élève, 16 ans"), ("Notes", "âgée de 15 ans"), ("Remarques", "elle a 17 ans")),
        *(("Cargo", "estudiante, 17 años"), ("Notas", "tiene 16 años"), ("Cargo", "alumna 15 años de edad")),
        *(("Função", "aluno, 16 anos"), ("Observações", "tem 17 anos"), ("Função", "estudante 17 anos")),
        *(("ملاحظات", "17 سنة"), ("ملاحظات", "عمره 16 سنة"), ("ملاحظات", "طالبة، ١٧ عاما")),
        *(
            ("Age", "17"),
            ("Idade", "16 anos"),
            ("Âge", "15"),
            ("Edad", "15-17"),
            ("العمر", "17"),
            ("Idade / Age", "12"),
        ),
        *(("Age", "under 18"), ("How old are you?", "17"), ("Are you 18 or older?", "No"), ("É maior de 18?", "Não")),
        *(("Avez-vous plus de 18 ans ?", "non"), ("¿Es mayor de edad?", "No"), ("Date of birth", "{recent}")),
        *(("Data de nascimento", "{recent}"), ("Ano de nascimento", "{year}"), ("Are you under 18?", "Yes")),
        *(
            ("Are you 18 or older?", "No, I am 17"),
            ("É maior de 18?", "Não, tenho 17"),
            ("Are you over 18?", "No (16)"),
        ),
        *(("Are you 18 or older?", "not yet"), ("Êtes-vous majeur ?", "Non, 17 ans"), ("Are you 18+?", "-")),
        *(("Date of birth", "12 - 05 - {year}"), ("DOB", "12.05.{year} (14)"), ("Date of birth", "born {year}")),
        *(("Data de nascimento", "12/05/{year} Maputo"), ("Date of birth", "1205{year}"), ("Date of birth", "{year}?")),
        *(("Idade do participante", "16"), ("Participant's age", "16"), ("1. Age", "15"), ("Âge du participant", "15")),
        *(("Alter in Jahren", "15"), ("What age are you?", "15"), ("Age at event", "15"), ("Age*", "١٦")),
    ],
)
def test_age_below_18_is_recognised(heading, cell):
    year = get_utc_date().year - 14
    assert find_remarks(heading, cell.format(recent=f"{year}-03-05", year=year)) == {UNDER_18}


@pytest.mark.parametrize("field", ["position", "contact", "person"])
def test_age_is_recognised_in_columns_that_are_imported(field):
    assert find_remarks("Position", "member, 17 years", field) == {UNDER_18}


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("Years of experience", "17 years"), ("Notes", "member for 17 years"), ("Notes", "il y a 17 ans")),
        *(
            ("Notes", "a 17 ans d'expérience"),
            ("Notas", "hace 17 años"),
            ("Notas", "há 17 anos"),
            ("Notes", "18 years"),
        ),
        *(("Age of the organisation", "12"), ("Age-appropriate design", "12"), ("Date of birth", "12 - 05 - 1980")),
        *(("Are you 18 or older?", "Yes, 34"), ("Are you 18 or older?", "25"), ("Age rating", "12")),
        *(("Age", "18"), ("Age", "25-34"), ("Age", ""), ("Age group", "0-17"), ("Date of birth", "1980-03-05")),
        *(("Are you 18 or older?", "Yes"), ("Are you under 18?", "No"), ("É maior de 18?", "Sim"), ("Year", "17")),
        *(("Do you work with children under 18?", "Yes"), ("Works with parents and guardians", "Yes")),
        *(("Notes", "girls aged 15 to 17"), ("Anciennete", "17 ans"), ("Membership", "17 years")),
    ],
)
def test_other_numbers_of_years_say_nothing(heading, cell):
    assert UNDER_18 not in find_remarks(heading, cell)


@pytest.mark.parametrize("name", ["Ana (16)", "Ana Vidal, 17", "Ana [15]"])
def test_age_after_a_name_is_recognised(name):
    assert find_remarks("Contact person", name, "contact") == {UNDER_18}
    assert find_remarks("Contact person", name.translate(str.maketrans("1", "2")), "contact") == set()


def test_empty_answer_whether_the_person_is_an_adult_is_asked_about():
    """A box that was not ticked is an empty cell."""
    table = [["Name", "I am 18 or older"], ["Quillwort", "Yes"], ["Yarrow", ""], ["", ""]]

    assert find_contact_remarks(table, [1, 2, 3, 4], ["name", ""], ()) == {UNDER_18: {"3": 1}}


@pytest.mark.parametrize("heading", ["Age group", "What is your age group?", "Faixa etária", "Tranche d'âge"])
def test_age_groups_are_those_of_people_who_registered(heading):
    """In a list of members, they are the groups with which an organisation works."""
    table = [["Name", heading, "Email"], ["Quillwort", "15-17", "a@q.example"], ["Yarrow", "25-34", "b@q.example"]]
    registrations = [["Timestamp", *table[0]], *(["2026-10-12 08:14:33", *row] for row in table[1:])]

    assert find_contact_remarks(table, [1, 2, 3], ["person", "", "email"], ()) == {UNDER_18: {"2": 1}}
    assert find_contact_remarks(table, [1, 2, 3], ["name", "", "email"], ()) == {}
    assert find_contact_remarks(registrations, [1, 2, 3], ["", "name", "", "email"], ()) == {UNDER_18: {"2": 2}}


@pytest.mark.parametrize("cell", ["9" * 2000, "²", "1 2 " * 500, "-" * 2000, " ".join(["is"] * 600)])
@pytest.mark.parametrize("heading", ["Age", "Date of birth", "Notes", "Guardian", "I am 18 or older", ""])
def test_odd_cells_are_read_without_an_error(heading, cell):
    assert find_remarks(heading, cell) <= {UNDER_18}


@pytest.mark.parametrize(
    "heading",
    [
        *("Photo consent", "Autorizo o uso de fotografias / Photo consent", "Consentement photo et vidéo"),
        *("Consentement au droit à l'image", "Consentement : droit à l’image"),
        *("Consentimiento para fotografías", "Consentimento de imagem", "الموافقة على التصوير", "Consent to recording"),
    ],
)
@pytest.mark.parametrize("cell", ["Não", "no", "non", ""])
def test_refused_photos_are_no_refused_emails(heading, cell):
    table = [["Name", heading], ["Quillwort", cell], ["Yarrow", "yes"]]

    assert find_contact_remarks(table, [1, 2, 3], ["name", ""], ()) == {}


@pytest.mark.parametrize(
    "heading", ["Consent", "Consent to emails and photos", "Consentimento de dados", "GDPR consent"]
)
def test_consent_to_emails_or_data_is_still_read(heading):
    assert find_remarks(heading, "no") == {"person-opted-out"}


@pytest.fixture
def minors_import(import_rows):
    """One adult, one minor with a guardian, and one whose position gives the age, for each kind of import."""
    people = [
        ("Ana Vidal", "Director", ""),
        ("Nilza Ossufo", "aluna", "Muanacha Ossufo"),
        ("Kim", "member, 17 years", ""),
    ]

    def import_minors(kind):
        if kind == "people":
            rows = [[f"{place}@q.example", name, "Quillwort", *rest] for place, (name, *rest) in enumerate(people)]
            return import_rows(*rows, heading=PEOPLE_HEADINGS, kind=kind)
        rows = [[f"Org {place}", name, f"{place}@q.example", *rest] for place, (name, *rest) in enumerate(people)]
        return import_rows(*rows, heading=MEMBER_HEADINGS)

    return import_minors


@pytest.mark.parametrize(("kind", "suggestion"), [("members", "no-person"), ("people", "skip")])
def test_each_minor_is_asked_about_and_not_imported(
    minors_import, coordinator, client, build_coalition_url, kind, suggestion
):
    brought = minors_import(kind)
    questions = find_import_questions(brought)
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    page = client.get(url)
    (line,) = page.context["column_lines"]
    client.post(url, {line.control.html_name: line.control.value()})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert [each.row.number for each in questions.rows] == [3, 4]
    assert (line.control.value(), "keep" in dict(line.control.field.choices)) == (suggestion, False)
    assert "Add people under 18 one by one, each with an adult contact." in page.text
    assert set(Person.objects.filter(email__endswith="q.example").values_list("name", flat=True)) == {"Ana Vidal"}


def test_only_an_answer_about_the_person_imports_an_adult(minors_import, coordinator, client, build_coalition_url):
    brought = minors_import("people")
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={"rows": {UNDER_18: "keep"}}, answers_by_row={}
    )
    still_asked = list(brought.rows.filter(state="quarantine").values_list("number", flat=True))
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    lines = client.get(url).context["row_lines"]
    ((_problem, control),) = lines[1].answers
    client.post(url, {control.html_name: "keep"})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert still_asked == [3, 4]
    assert dict(control.field.choices)["keep"] == "18 or older: import this person"
    assert set(Person.objects.filter(email__endswith="q.example").values_list("name", flat=True)) == {
        "Ana Vidal",
        "Kim",
    }


@pytest.mark.parametrize(("name", "numbers"), [("nilza OSSUFO", [2, 3]), ("Ana Vidal", [2])])
def test_other_rows_with_the_name_of_a_minor_are_asked_about(import_rows, name, numbers):
    """Somebody who answered twice has named the guardian only once."""
    brought = import_rows(
        ["a@q.example", "Nilza Ossufo", "Quillwort", "", "Muanacha Ossufo"],
        ["b@q.example", name, "Quillwort", "", ""],
        heading=PEOPLE_HEADINGS,
        kind="people",
    )
    asked = brought.rows.filter(state="quarantine")

    assert list(asked.values_list("number", flat=True)) == numbers
    sentence = "Another row with this name says that the person is under 18."
    assert [sentence in row.reason for row in asked] == [False, True][: len(numbers)]


def test_columns_page_says_that_minors_are_asked_about(minors_import, coordinator, client, build_coalition_url):
    brought = minors_import("people")
    client.force_login(coordinator)

    assert (
        "We will ask about each person who may be under 18."
        in client.get(build_coalition_url("import_map", brought.pk)).text
    )
