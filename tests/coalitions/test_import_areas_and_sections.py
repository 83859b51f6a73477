"""Areas of work with a comma in them, rows that name the country of the rows below, and countries without a code."""

import pytest

from jukwaa.coalitions.actions import correct_import_row, create_import, import_ready_rows, map_import_columns
from jukwaa.coalitions.imports.area_names import separate_known_areas, split_area_names
from jukwaa.coalitions.models import AreaOfWork, Organisation
from jukwaa.core.documents.incoming import ImportedTable


@pytest.mark.parametrize(
    ("written", "areas"),
    [
        ("Parents, carers and schools", ["Parents, carers and schools"]),
        (
            "Age-appropriate design, Parents, carers and schools, Rules and regulators",
            ["Age-appropriate design", "Parents, carers and schools", "Rules and regulators"],
        ),
        ("Parents, carers, teachers and schools", ["Parents, carers, teachers and schools"]),
        ("Parents, éducateurs et écoles", ["Parents, éducateurs et écoles"]),
        ("Familias, cuidadores y escuelas, Leyes", ["Familias, cuidadores y escuelas", "Leyes"]),
        ("Pais, cuidadores e escolas", ["Pais, cuidadores e escolas"]),
        ("Helplines, Law and policy", ["Helplines", "Law and policy"]),
        ("helplines, law and policy", ["helplines", "law and policy"]),
        ("Helplines, law", ["Helplines", "law"]),
        ("Helplines; Law, policy", ["Helplines", "Law, policy"]),
        ("Helplines, sandboxes", ["Helplines", "sandboxes"]),
        ("", []),
    ],
)
def test_comma_within_an_area_does_not_split_it(written, areas):
    assert split_area_names(written) == areas


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Helplines, Law, Policy", "Helplines; Law, Policy"),
        ("law, policy, Helplines", "law, policy; Helplines"),
        ("Law, Policy", "Law, Policy;"),
        ("Law, Policymakers", "Law, Policymakers"),
        ("Outlaw, Policy", "Outlaw, Policy"),
        ("Helplines, Training", "Helplines, Training"),
        ("Helplines; Law, Policy", "Helplines; Law, Policy"),
        ("", ""),
    ],
)
def test_known_area_with_a_comma_is_kept_whole(written, expected):
    assert separate_known_areas(written, ["Law, Policy", "Training"]) == expected


def list_area_names(name):
    return sorted(area.name for area in Organisation.objects.get(name=name).areas.all())


def test_areas_of_the_coalition_are_kept_in_the_table_and_in_a_corrected_row(import_rows, coalition, coordinator):
    AreaOfWork.objects.create(coalition=coalition, name="Law, Policy")
    heading = ["Organisation", "Areas"]
    brought = import_rows(["Quillwort", "Helplines, Law, Policy"], ["Sorrel", "Helplines"], heading=heading)
    correct_import_row(
        actor=coordinator,
        import_row=brought.rows.get(number=3),
        cells_by_field={"name": "Sorrel", "areas": "Law, Policy, Parents, carers and schools"},
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert list_area_names("Quillwort") == ["Helplines", "Law, Policy"]
    assert list_area_names("Sorrel") == ["Law, Policy", "Parents, carers and schools"]


SECTIONS = [
    ["N°", "Entidad", "Correo"],
    ["ARGENTINA", "", ""],
    ["1", "Quillwort", "a@q.example"],
    ["BRASIL", "", ""],
    ["2", "Sorrel", "a@s.example"],
    ["3", "Bryony", "a@b.example"],
    ["REGIONAL", "", ""],
    ["4", "Tansy", "a@t.example"],
]


def import_table(coalition, coordinator, rows):
    brought = create_import(
        actor=coordinator,
        coalition=coalition,
        import_kind="members",
        file_name="directorio.csv",
        imported_table=ImportedTable(rows),
    )
    return map_import_columns(actor=coordinator, spreadsheet_import=brought, column_mapping=brought.mapping)


def test_country_only_row_sets_country_of_rows_below(coalition, coordinator, client, build_coalition_url):
    brought = import_table(coalition, coordinator, SECTIONS)
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_preview", brought.pk))

    assert [row.number for row in brought.rows.all()] == [3, 5, 6, 8]
    assert brought.rows.get(number=5).notes == ["The country is in the row above these organisations: “BRASIL”."]
    assert page.context["headings"][0] == "Country"
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert dict(Organisation.objects.values_list("name", "country")) == {
        "Quillwort": "AR",
        "Sorrel": "BR",
        "Bryony": "BR",
        "Tansy": "",
    }


def test_country_of_row_takes_precedence_over_section(coalition, coordinator):
    rows = [["Organisation", "Country"], ["Chile", ""], ["Quillwort", "Peru"], ["Sorrel", ""]]
    brought = import_table(coalition, coordinator, rows)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert dict(Organisation.objects.values_list("name", "country")) == {"Quillwort": "PE", "Sorrel": "CL"}


def test_list_of_names_alone_has_no_sections(coalition, coordinator):
    brought = import_table(coalition, coordinator, [["Organisation"], ["Chile"], ["Quillwort"]])

    assert [row.cells for row in brought.rows.all()] == [{"name": "Chile"}, {"name": "Quillwort"}]


@pytest.mark.parametrize("written", ["Kosovo", "Kosova", "XK", "كوسوفو", "Косово"])
def test_kosovo_is_imported_without_a_country(import_rows, written):
    row = import_rows(["Fener", written], heading=["Organisation", "Country"]).rows.get()

    sentence = (
        f"“{written}” has no country code in ISO 3166-1, which our list of countries follows. We will import the row"
        " without a country. You can choose a regional group for the organisation."
    )
    assert (row.state, row.notes) == ("waiting", [sentence])


def test_rou_can_mean_romania_or_uruguay(import_rows):
    brought = import_rows(["Quillwort", "ROU"], ["Sorrel", "URY"], heading=["Organisation", "Country"])

    assert {row.number: row.reason for row in brought.rows.exclude(reason="")} == {
        2: "“ROU” could mean more than 1 country: Romania; Uruguay. Choose one."
    }


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("activa", "active"),
        ("activa / sí", "active"),
        ("OBSERVADOR", "observer"),
        ("OBSERVADOR / sólo entidad", "observer"),
        ("Observatrice", "observer"),
        ("BAJA 30/06/2026", "left"),
        ("ativa", "active"),
        ("active / yes", "active"),
        ("actif - à jour", "active"),
        ("aktiv", "active"),
        ("نشطة", "active"),
    ],
)
def test_status_is_understood_in_other_languages(import_rows, coordinator, status, expected):
    brought = import_rows(["Quillwort", status], heading=["Entidad", "Estado"])
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert [each.standing for each in Organisation.objects.get().memberships.all()] == [expected]
