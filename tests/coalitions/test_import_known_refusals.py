"""A refusal of emails in a later file reaches people of the directory, and the preview shows them before."""

import pytest
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import import_ready_rows, undo_import
from jukwaa.coalitions.imports.known_refusals import find_refusals_to_record
from jukwaa.coalitions.models import Affiliation
from jukwaa.updates.recipients import count_refusing_members
from tests.factories import AffiliationFactory, OrganisationFactory

HEADINGS = ["Name", "Organisation", "Email", "Blacklist", "Tags"]


@pytest.fixture
def ana(coalition):
    return AffiliationFactory(
        organisation__coalition=coalition,
        organisation__name="Quillwort",
        person__name="Ana Lopes",
        person__email="ana@quillwort.example",
    )


@pytest.fixture
def import_contacts(import_rows):
    return lambda *rows: import_rows(*rows, heading=HEADINGS, kind="people")


def list_refusals(brought):
    return [(each.person.name, each.row_number, each.quote) for each in find_refusals_to_record(brought)]


@pytest.mark.parametrize(
    ("row", "is_found"),
    [
        (["A. Lopes", "", "ana@quillwort.example", "True"], True),
        (["LOPES, Ana", "Quillwort", "ana.lopes@mail.example", "True"], True),
        (["Ana Lopes", "", "ana.lopes@mail.example", "True"], True),
        (["Ana Lopes", "Yarrow", "ana.lopes@mail.example", "True"], False),
        (["Ana", "Quillwort", "ana.lopes@mail.example", "True"], False),
        (["Olga Lopes", "Quillwort", "olga@quillwort.example", "True"], False),
        (["Ana Lopes", "Quillwort", "ana@quillwort.example", "False"], False),
    ],
)
def test_person_is_found_by_address_or_name(import_contacts, ana, row, is_found):
    quote = "The row says under “Blacklist”: “True”."
    assert list_refusals(import_contacts(row)) == ([("Ana Lopes", 2, quote)] if is_found else [])


@pytest.mark.parametrize(
    ("name", "addresses", "is_found"),
    [
        ("Ben Okoro", "ben@quillwort.example; office@quillwort.example", False),
        ("Ana Lopes", "ben@quillwort.example; office@quillwort.example", True),
        ("", "ben@quillwort.example; office@quillwort.example", True),
        ("Ben Okoro", "office@quillwort.example", True),
    ],
)
def test_second_address_of_an_office_is_not_enough(import_contacts, ana, name, addresses, is_found):
    Person.objects.filter(pk=ana.person_id).update(email="office@quillwort.example")

    assert bool(list_refusals(import_contacts([name, "Quillwort", addresses, "True"]))) is is_found


def test_name_of_two_people_is_not_enough(import_contacts, coalition, ana):
    AffiliationFactory(organisation__coalition=coalition, person__name="Ana Lopes", person__email="other@x.example")

    assert list_refusals(import_contacts(["Ana Lopes", "", "ana.lopes@mail.example", "True"])) == []


def test_people_who_are_recorded_or_sign_in_are_not_shown(import_contacts, ana, coordinator):
    brought = import_contacts(["Ana Lopes", "", "other.ana@mail.example", "True"])
    Person.objects.filter(pk=ana.person_id).update(last_login=timezone.now())
    assert list_refusals(brought) == []
    result = import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    ana.refresh_from_db()
    assert (result.refusals, ana.no_invitations) == (0, "")
    Person.objects.update(last_login=None)
    Affiliation.objects.update(no_invitations="opted-out")
    assert list_refusals(brought) == []


@pytest.mark.parametrize(("is_selected", "objection"), [(True, "opted-out"), (False, "")])
def test_preview_offers_to_record_what_nobody_has_answered(
    import_contacts, ana, client, coordinator, build_coalition_url, is_selected, objection
):
    brought = import_contacts(["Ana Lopes", "Quillwort", "ana@quillwort.example", "", "DO NOT MAIL"])
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_preview", brought.pk)).text
    assert page.count("<bdi>Ana Lopes</bdi> does not want emails") == 1
    assert f'name="recorded" value="{ana.person_id}" form="entering" checked' in page

    sent = {"offered": [ana.person_id], "recorded": [ana.person_id] if is_selected else []}
    result = client.post(build_coalition_url("import_enter", brought.pk), sent, follow=True).text
    ana.refresh_from_db()
    assert ana.no_invitations == objection
    assert ("Recorded that 1 person in the directory does not want emails." in result) is is_selected


def test_people_who_are_not_selected_stay_so_until_they_are_selected(
    import_contacts, ana, client, coordinator, build_coalition_url
):
    brought = import_contacts(["Ana Lopes", "", "other.ana@mail.example", "True"])
    client.force_login(coordinator)
    url, preview = (build_coalition_url(name, brought.pk) for name in ("import_enter", "import_preview"))
    assert client.post(url, {"offered": [ana.person_id, "9" * 5000]}).status_code == 302

    (refusal,) = find_refusals_to_record(brought)
    assert (refusal.person, refusal.is_selected) == (ana.person, False)
    assert f'name="recorded" value="{ana.person_id}" form="entering">' in client.get(preview).text
    client.post(url, {"offered": [ana.person_id], "recorded": [ana.person_id]})
    ana.refresh_from_db()
    assert ana.no_invitations == "opted-out"


def test_file_of_refusals_alone_is_recorded_and_taken_back(import_contacts, ana, coalition, coordinator):
    Affiliation.objects.update(confirmed_on=timezone.localdate(), confirmed_by=coordinator)
    brought = import_contacts(["Ana Lopes", "Quillwort", "ana@quillwort.example", "True"])
    brought.rows.update(state="left-out", reason="")

    result = import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    ana.refresh_from_db()
    assert (result.entered, result.refusals, ana.no_invitations) == (0, 1, "opted-out")
    assert import_ready_rows(actor=coordinator, spreadsheet_import=brought).refusals == 0
    undo_import(actor=coordinator, spreadsheet_import=brought)
    ana.refresh_from_db()
    assert (ana.no_invitations, count_refusing_members(coalition)) == ("", {})


def test_person_of_another_coalition_is_not_shown(import_contacts, other_coalition):
    AffiliationFactory(
        organisation__coalition=other_coalition, person__name="Ana Lopes", person__email="ana@quillwort.example"
    )
    assert list_refusals(import_contacts(["Ana Lopes", "", "ana@quillwort.example", "True"])) == []


@pytest.mark.parametrize("name", ["", "Tim"])
def test_refusal_without_a_whole_name_reaches_nobody_else(import_contacts, coalition, coordinator, name):
    OrganisationFactory(coalition=coalition, name="Quillwort")
    brought = import_contacts(
        [name, "Quillwort", "tim@quillwort.example", "False"], [name, "Quillwort", "ada@quillwort.example", "True"]
    )
    brought.rows.filter(number=2).update(state="waiting", problems=[])
    brought.rows.filter(number=3).update(state="left-out", reason="")
    for _time in range(2):
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert Affiliation.objects.get(person__email="tim@quillwort.example").no_invitations == ""


def test_undo_keeps_what_another_imported_file_says_too(import_contacts, ana, coordinator):
    row = ["Ana Lopes", "", "other.ana@mail.example", "True"]
    first, second = import_contacts(row), import_contacts([*row[:3], "yes"])
    for brought in (first, second):
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    undo_import(actor=coordinator, spreadsheet_import=first)

    ana.refresh_from_db()
    assert ana.no_invitations == Affiliation.InvitationObjection.OPTED_OUT
