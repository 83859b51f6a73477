"""Acronyms, kinds, regions and other names in a list: each goes where people will look for it."""

import pytest

from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, import_ready_rows, undo_import
from jukwaa.coalitions.actions.import_undo import plan_import_undo
from jukwaa.coalitions.imports.fields import guess_column_mapping
from jukwaa.coalitions.imports.row_names import OrganisationNamesInFile
from jukwaa.coalitions.imports.written_names import split_acronym
from jukwaa.coalitions.models import Import, ImportRow, Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from tests.factories import AffiliationFactory, OrganisationFactory


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Child Online Protection Institute (COPI)", ("Child Online Protection Institute", "COPI")),
        ("Observatoire de l'enfance (O.E.C.)", ("Observatoire de l'enfance", "O.E.C.")),
        ("European network (eNACSO)", ("European network", "eNACSO")),
        ("Childnet (UK)", ("Childnet (UK)", "")),
        ("Parasol (EU)", ("Parasol (EU)", "")),
        ("Youth Group (LAC)", ("Youth Group (LAC)", "")),
        ("Parasol (NGO)", ("Parasol (NGO)", "")),
        ("Parasol (formerly Umbrella)", ("Parasol (formerly Umbrella)", "")),
        ("Parasol (Berlin)", ("Parasol (Berlin)", "")),
        ("جمعية حماية الطفل (مصر)", ("جمعية حماية الطفل (مصر)", "")),
        ("(COPI)", ("(COPI)", "")),
    ],
)
def test_acronym_in_brackets_is_split_off(written, expected):
    assert split_acronym(written) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["Institut du Numérique (INR)", ""], ("Institut du Numérique", "INR")),
        (["Institut du Numérique (INR)", "IDN"], ("Institut du Numérique (INR)", "IDN")),
    ],
)
def test_acronym_column_takes_precedence_over_brackets(import_rows, coordinator, row, expected):
    import_ready_rows(
        actor=coordinator, spreadsheet_import=import_rows(row, heading=["Nom de l'organisation", "Sigle"])
    )
    organisation = Organisation.objects.get()

    assert (organisation.name, organisation.acronym) == expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["NGO", "Ministry", "regulator", "Youth"], "stakeholder_group"),
        (["ONG", "Entreprise", "Université"], "stakeholder_group"),
        (["NGO", "x"], ""),
        (["new", "old", "NGO", "old"], ""),
    ],
)
def test_column_of_stakeholder_groups_is_known_by_its_values(kinds, expected):
    rows = [[f"Organisation {place}", kind] for place, kind in enumerate(kinds)]

    assert guess_column_mapping(["Name", "K."], Import.Kind.MEMBERS, rows) == ["name", expected]


def test_international_row_takes_no_region_from_the_row_it_is_combined_with(import_rows, coordinator):
    rows = [["Quillwort", "Belgium", ""], ["Quillwort", "Belgium", "International"], ["Sorrel", "", "International"]]
    brought = import_rows(*rows, heading=["Name", "Country", "Region"])
    decisions = {"rows": {"repeated": "combine"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert list(Organisation.objects.values_list("name", "regional_group")) == [
        ("Quillwort", "weog"),
        ("Sorrel", "unknown"),
    ]


@pytest.mark.parametrize("written", ["7 observers", "8 observateurs", "12 observadores", "3 Beobachter"])
def test_observer_count_row_is_left_out(import_rows, written):
    brought = import_rows(["Quillwort", "Kenya"], [written, ""], heading=["Name", "Country"])

    assert list(brought.rows.values_list("state", flat=True)) == ["waiting", "left-out"]


def import_two_spellings(import_rows, coordinator):
    brought = import_rows(["Safe Net Africa", "Kenya"], ["Safenet Africa", "Kenya"], heading=["Name", "Country"])
    row = brought.rows.get(number=3)
    answers = {row.pk: RowAnswers(same="row-2")}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row=answers
    )
    brought.refresh_from_db()
    return brought


def test_combined_spelling_is_stored_as_other_name(import_rows, coordinator, coalition):
    brought = import_two_spellings(import_rows, coordinator)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    organisation = Organisation.objects.get()
    assert [str(name) for name in organisation.names.all()] == ["Safenet Africa"]
    assert OrganisationDirectory.of(coalition).find_exact_match("SafeNet Africa") == organisation.pk


def test_known_name_with_brackets_adds_no_other_name(import_rows, coordinator, coalition):
    there = OrganisationFactory(coalition=coalition, name="Office for Safer Connections")
    brought = import_rows(["Office for Safer Connections (Ltd)", ""], heading=["Name", "Country"])
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert (brought.rows.get().organisation, list(there.names.all())) == (there, [])


def test_undo_removes_the_other_spelling(import_rows, coordinator, coalition):
    there = OrganisationFactory(coalition=coalition, name="Safe Net Africa")
    brought = import_rows(["Safe Nett Africa", "Kenya"], heading=["Name", "Country"])
    answers = {brought.rows.get().pk: RowAnswers(same=f"org-{there.pk}")}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row=answers
    )
    brought.refresh_from_db()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert [str(name) for name in there.names.all()] == ["Safe Nett Africa"]
    assert plan_import_undo(brought).obstacles == []
    undo_import(actor=coordinator, spreadsheet_import=brought)

    assert list(there.names.all()) == []


def test_other_spelling_of_a_new_organisation_does_not_stop_undo(import_rows, coordinator):
    brought = import_two_spellings(import_rows, coordinator)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    undo_import(actor=coordinator, spreadsheet_import=brought)

    assert not Organisation.objects.exists()


def test_result_says_how_many_rows_were_combined(import_rows, client, build_coalition_url, coordinator):
    brought = import_two_spellings(import_rows, coordinator)
    client.force_login(coordinator)
    page = client.post(build_coalition_url("import_enter", brought.pk), follow=True).text

    assert "2 rows imported. 1 row was combined with another row." in page


@pytest.mark.parametrize(
    ("row", "is_same"),
    [
        (["Ministère des Affaires numériques", "Congo (Brazzaville)", "", "cabinet@mda-gov.example"], True),
        (["Ministère des Affaires numériques", "", "M. Prosper Likandu", "cabinet@mda-gov.example"], True),
        (["Ministère des Affaires numériques", "Gabon", "M. LIKANDU", "cabinet@mda-gov.example"], False),
        (["Ministère des Affaires numériques", "Congo (Brazzaville)", "", "cabinet@mda.example"], False),
    ],
)
def test_same_country_and_domain_make_a_likely_duplicate(import_rows, coalition, row, is_same):
    there = OrganisationFactory(coalition=coalition, name="Ministry of Digital Affairs", country="CG")
    AffiliationFactory(organisation=there, person__name="Mr Prosper Likandu", person__email="p@mda-gov.example")
    brought = import_rows(row, heading=["Name", "Country", "Contact", "E-mail"])

    sentence = (
        "The directory already has “Ministry of Digital Affairs”. The contact person has the same name, or an email"
        " address at the same domain."
    )
    assert brought.rows.get().reason == (sentence if is_same else "")


@pytest.mark.parametrize(("domain", "is_same"), [("mda-gov.example", True), ("gmail.com", False)])
def test_rows_of_one_country_and_domain_may_be_one_organisation(domain, is_same):
    cells = [
        {"name": "Ministry of Digital Affairs", "country": "Gabon", "email": f"a@{domain}"},
        {"name": "Affaires numériques", "country": "Gabon", "email": f"b@{domain}"},
    ]
    rows = [ImportRow(number=number, cells=each) for number, each in enumerate(cells, start=2)]
    names = OrganisationNamesInFile(rows)
    names.add(rows[0])

    found = names.find_earlier_row(rows[1])
    assert (found and (found.number, found.is_certain)) == ((2, False) if is_same else None)
