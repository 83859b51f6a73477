"""Lists of people with first and last names in two columns."""

import pytest

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import import_ready_rows
from jukwaa.coalitions.imports.fields import guess_column_mapping

HEADING = ["EMAIL", "NOM", "PRENOM", "SOCIETE"]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (HEADING, ["email", "person_last", "person_first", "organisation"]),
        (["E-mail", "Prénom", "Nom de famille"], ["email", "person_first", "person_last"]),
        (["Email Address", "First Name", "Last Name"], ["email", "person_first", "person_last"]),
        (["First name", "Name", "Email"], ["person_first", "person_last", "email"]),
        (["Correo", "Nombre", "Apellidos"], ["email", "person_first", "person_last"]),
        (["Email", "Nome", "Apelido"], ["email", "person_first", "person_last"]),
        (["الاسم الاول", "اسم العائلة", "البريد الالكتروني"], ["person_first", "person_last", "email"]),
        (["Email", "Nom"], ["email", "person"]),
        (["Email", "Name", "Company"], ["email", "person", "organisation"]),
        (["Full name", "First name", "Last name", "Email"], ["person", "person_first", "person_last", "email"]),
    ],
)
def test_first_and_last_names_of_subscribers_are_recognised(headings, fields):
    assert guess_column_mapping(headings, "people") == fields


def test_first_and_last_name_become_one_name(import_rows, coordinator):
    brought = import_rows(
        ["thonnard@q.example", "Thonnard", "Sabrina", ""],
        ["mbengue@q.example", "Mbengue", "", ""],
        ["wafa@q.example", "", "Wafa", ""],
        heading=HEADING,
        kind="people",
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    names = Person.objects.filter(email__endswith="@q.example").order_by("email").values_list("name", flat=True)
    assert list(names) == ["Mbengue", "Sabrina Thonnard", "Wafa"]


def test_columns_page_and_preview_have_first_and_last_names(import_rows, client, coordinator, build_coalition_url):
    brought = import_rows(["t@q.example", "Thonnard", "Sabrina", ""], heading=HEADING, kind="people")
    client.force_login(coordinator)
    columns = client.get(build_coalition_url("import_map", brought.pk))
    preview = client.get(build_coalition_url("import_preview", brought.pk))

    choices = dict(columns.context["form"].fields["column1"].choices)
    assert (choices["person_first"], choices["person_last"]) == ("First name of the person", "Last name of the person")
    assert "Sabrina Thonnard" in preview.text
