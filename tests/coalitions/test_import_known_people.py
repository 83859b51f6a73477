"""Somebody who is there already, and whom a file names with another email address, is not added unseen."""

from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import (
    RowAnswers,
    answer_questions_of_import,
    correct_import_row,
    import_ready_rows,
    remove_person,
)
from jukwaa.coalitions.imports.known_person_matching import (
    PeopleInFile,
    PersonInFile,
    get_person_name_keys,
    has_same_names,
    shorten_address,
)
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.models import Affiliation, ListEntry
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory

LIST_HEADINGS = ["Email", "Full name", "Organisation"]
MEMBER_HEADINGS = ["Organisation", "Country", "Contact person", "E-mail"]
ON_RECORD, IN_FILE = "osvaldo@dnid.example", "o.machava@dnid.example"


@pytest.fixture
def osvaldo(coalition):
    return AffiliationFactory(
        organisation=OrganisationFactory(coalition=coalition, name="Direcção Nacional (DNID)", acronym="DNID"),
        person__name="Osvaldo Machava",
        person__email=ON_RECORD,
        confirmed_on=timezone.localdate(),
    ).person


@pytest.fixture
def import_subscribers(import_rows):
    return lambda *rows: import_rows(*rows, heading=LIST_HEADINGS, kind="people")


def list_questions(spreadsheet_import):
    """The number of each row that is asked about, the answer that is chosen already, and how many there are."""
    rows = find_import_questions(spreadsheet_import).rows
    return [(each.row.number, problem.text, len(problem.options)) for each in rows for problem in each.problems]


def answer_and_import(coordinator, spreadsheet_import, **answers):
    """With answers by row, such as row2="another"; the others as they are chosen already."""
    chosen = {}
    for each in find_import_questions(spreadsheet_import).rows:
        answer = answers.get(f"row{each.row.number}", each.problems[0].text)
        chosen[each.row.pk] = RowAnswers(known_person=answer)
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=spreadsheet_import, import_decisions={}, answers_by_row=chosen
    )
    spreadsheet_import.refresh_from_db()
    return import_ready_rows(actor=coordinator, spreadsheet_import=spreadsheet_import)


def list_addresses(name="machava"):
    return sorted(Person.objects.filter(name__icontains=name).values_list("email", flat=True))


@pytest.mark.parametrize(
    ("name", "organisation", "is_asked"),
    [
        ("OSVALDO MACHAVA", "DNID", True),
        ("Machava, Osváldo", "Direcção Nacional", True),
        ("Osvaldo J. Machava", "dnid", True),
        ("Sr. Osvaldo Machava", "", True),
        ("Osvaldo Machava", "Kijana Mtandao", False),
        ("Osvaldo J. Machava", "", False),
        ("Osvaldo", "DNID", False),
        ("Olga Machava", "DNID", False),
    ],
)
def test_known_person_with_another_address_is_asked_about(import_subscribers, osvaldo, name, organisation, is_asked):
    brought = import_subscribers([IN_FILE, name, organisation])

    assert list_questions(brought) == ([(2, f"keep:person-{osvaldo.pk}", 3)] if is_asked else [])
    assert brought.rows.get().state == ("quarantine" if is_asked else "waiting")


def test_question_shows_only_the_end_of_an_address_for_signing_in(import_subscribers, osvaldo):
    assert import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"]).rows.get().reason == (
        f"Osvaldo Machava is already recorded with another email address, {ON_RECORD}: Direcção Nacional (DNID)."
    )
    Person.objects.filter(pk=osvaldo.pk).update(last_login=timezone.now())

    assert import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"]).rows.get().reason == (
        "Osvaldo Machava is already recorded with an email address ending in do@dnid.example: Direcção Nacional (DNID)."
        " Only this person can change that address, because they sign in with it."
    )


def test_same_person_keeps_the_address_on_record(import_subscribers, osvaldo, coordinator):
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"], ["new@x.example", "Ana Vidal", ""])
    result = answer_and_import(coordinator, brought)

    assert (result.entered, result.unstored_addresses, list_addresses()) == (2, 1, [ON_RECORD])
    assert ListEntry.objects.filter(person=osvaldo).count() == 1
    assert Affiliation.objects.filter(person=osvaldo).count() == 1
    assert brought.rows.get(number=2).notes[0] == (
        f"This is Osvaldo Machava, who keeps the address on record. {IN_FILE} will not be stored."
    )


def test_same_person_gets_the_new_address(import_subscribers, osvaldo, coordinator):
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])
    answer_and_import(coordinator, brought, row2=f"replace:person-{osvaldo.pk}")

    assert list_addresses() == [IN_FILE]
    assert ListEntry.objects.get().person == osvaldo


def test_another_person_of_the_same_name_is_added(import_subscribers, osvaldo, coordinator):
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])
    answer_and_import(coordinator, brought, row2="another")

    assert list_addresses() == [IN_FILE, ON_RECORD]
    assert ListEntry.objects.get().person.email == IN_FILE


def test_row_without_an_answer_is_not_imported(import_subscribers, osvaldo, coordinator):
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])

    assert import_ready_rows(actor=coordinator, spreadsheet_import=brought).entered == 0
    assert (list_addresses(), ListEntry.objects.count()) == ([ON_RECORD], 0)


def test_address_by_which_somebody_signs_in_is_not_replaced(import_subscribers, osvaldo, coordinator):
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])
    Person.objects.filter(pk=osvaldo.pk).update(last_login=timezone.now())
    result = answer_and_import(coordinator, brought, row2=f"replace:person-{osvaldo.pk}")

    assert (result.entered, result.refused, list_addresses()) == (0, 1, [ON_RECORD])
    again = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])
    assert list_questions(again) == [(2, f"keep:person-{osvaldo.pk}", 2)]


@pytest.mark.parametrize("organisation", ["DNID", ""])
def test_claim_that_nobody_confirmed_is_not_chosen_already(import_subscribers, osvaldo, organisation):
    Affiliation.objects.update(confirmed_on=None, confirmed_by=None)
    Person.objects.filter(pk=osvaldo.pk).update(last_login=timezone.now())
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", organisation])

    assert list_questions(brought) == [(2, "", 2)]


def test_person_under_18_is_not_named_in_a_question(import_subscribers, osvaldo, coordinator):
    Person.objects.filter(pk=osvaldo.pk).update(is_minor=True, adult_contact=coordinator)

    assert list_questions(import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])) == []


def test_known_address_needs_no_question(import_subscribers, osvaldo):
    PersonFactory(name="Osvaldo Machava", email=IN_FILE)

    assert list_questions(import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])) == []


def test_namesake_of_another_organisation_is_noted(import_subscribers, osvaldo):
    row = import_subscribers([IN_FILE, "Osvaldo Machava", "Kijana Mtandao"]).rows.get()

    assert row.notes[0] == (
        "Another person will be added. Osvaldo Machava is already recorded: Direcção Nacional (DNID)."
    )


@pytest.mark.parametrize(
    ("organisations", "is_asked"),
    [(("DNID", "dnid"), True), (("DNID", ""), True), (("DNID", "Kijana Mtandao"), False)],
)
def test_person_in_two_rows_is_asked_about(import_subscribers, organisations, is_asked):
    first, second = organisations
    brought = import_subscribers([IN_FILE, "OSVALDO MACHAVA", first], [ON_RECORD, "Machava, Osvaldo", second])

    assert list_questions(brought) == ([(3, "keep:row-2", 3)] if is_asked else [])


@pytest.mark.parametrize(
    ("answer", "addresses"),
    [
        ("keep:row-2", [IN_FILE]),
        ("replace:row-2", [ON_RECORD]),
        ("another", [IN_FILE, ON_RECORD]),
    ],
)
def test_person_in_two_rows_is_imported_as_answered(import_subscribers, coordinator, answer, addresses):
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"], [ON_RECORD, "Osvaldo Machava", "DNID"])
    answer_and_import(coordinator, brought, row3=answer)

    assert list_addresses() == addresses
    assert ListEntry.objects.count() == len(addresses)


def test_two_rows_about_a_known_person_are_one(import_subscribers, osvaldo, coordinator):
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"], ["third@x.example", "Osvaldo Machava", "DNID"])
    answer_and_import(coordinator, brought)

    assert (list_addresses(), ListEntry.objects.get().person) == ([ON_RECORD], osvaldo)
    assert brought.rows.get(number=3).notes == [
        "This is the same person as in row 2. The address in this row will not be stored."
    ]


def test_contact_person_of_a_member_is_asked_about(import_rows, osvaldo, coordinator):
    row = ["Direcção Nacional (DNID)", "Mozambique", "Osvaldo Machava", IN_FILE]
    brought = import_rows(row, heading=MEMBER_HEADINGS)
    assert list_questions(brought) == [(2, f"keep:person-{osvaldo.pk}", 3)]
    answer_and_import(coordinator, brought)

    assert list_addresses() == [ON_RECORD]
    assert Affiliation.objects.get().person == osvaldo


def test_contact_without_an_address_gets_the_one_of_the_file(import_rows, osvaldo, coordinator):
    Person.objects.filter(pk=osvaldo.pk).update(email=None)
    brought = import_rows(["DNID", "Mozambique", "Osvaldo Machava", IN_FILE], heading=MEMBER_HEADINGS)
    assert list_questions(brought) == [(2, f"replace:person-{osvaldo.pk}", 2)]
    answer_and_import(coordinator, brought)

    assert list_addresses() == [IN_FILE]


def test_answer_about_another_name_does_not_count(import_subscribers, osvaldo, coordinator):
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=brought,
        import_decisions={},
        answers_by_row={brought.rows.get().pk: RowAnswers(known_person=f"keep:person-{osvaldo.pk}")},
    )
    cells = {"email": IN_FILE, "person": "Ana Vidal", "organisation": "DNID"}
    row = correct_import_row(actor=coordinator, import_row=brought.rows.get(), cells_by_field=cells)

    assert (row.answers, row.state) == ({}, "waiting")


def test_question_is_on_the_page(client, build_coalition_url, import_subscribers, osvaldo, coordinator):
    client.force_login(coordinator)
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])
    address = build_coalition_url("import_questions", brought.pk)
    page = client.get(address).text

    assert f'<option value="keep:person-{osvaldo.pk}" selected>Same person: keep the address on record</option>' in page
    client.post(address, {f"row{brought.rows.get().pk}-known_person": f"keep:person-{osvaldo.pk}"})
    assert brought.rows.get().state == "waiting"
    result = client.post(build_coalition_url("import_enter", brought.pk), follow=True).text
    assert "1 row imported. 1 address was not stored. The person keeps the address on record." in result


def test_names_and_addresses_are_compared_by_their_parts():
    assert has_same_names("Akosua Badu", "Akosua O. Badu")
    assert not has_same_names("Akosua", "Akosua Badu")
    assert shorten_address("o.machava@dnid.example") == "va@dnid.example"


def test_rows_of_one_organisation_are_compared_in_linear_time():
    people, keys = PeopleInFile(), frozenset({"n a"})

    started = process_time()
    for number in range(1500):
        person = PersonInFile(number, f"Name{number} Sur{number}", f"{number}@x.example", keys)
        assert people.find_earlier_row(person) is None
        people.add(person)

    assert process_time() - started < 1


def test_person_who_left_is_not_asked_about_and_not_brought_back(import_subscribers, osvaldo, coordinator, coalition):
    AffiliationFactory(person=osvaldo)  # in another coalition, which keeps the address up to date
    remove_person(actor=coordinator, coalition=coalition, person=osvaldo)
    Person.objects.filter(pk=osvaldo.pk).update(email="osvaldo@new.example")

    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])

    assert list_questions(brought) == []
    assert "new.example" not in str(brought.rows.get().problems) + str(brought.rows.get().notes)


def test_answer_about_person_who_has_left_since_is_asked_again(import_subscribers, osvaldo, coordinator, coalition):
    AffiliationFactory(person=osvaldo)  # in another coalition
    brought = import_subscribers([IN_FILE, "Osvaldo Machava", "DNID"])
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=brought,
        import_decisions={},
        answers_by_row={brought.rows.get().pk: RowAnswers(known_person=f"keep:person-{osvaldo.pk}")},
    )
    remove_person(actor=coordinator, coalition=coalition, person=osvaldo)
    Person.objects.filter(pk=osvaldo.pk).update(email="osvaldo@new.example")
    brought.refresh_from_db()

    assert import_ready_rows(actor=coordinator, spreadsheet_import=brought).entered == 0

    assert not ListEntry.objects.filter(coalition=coalition, person=osvaldo, ends_on=None).exists()


def test_questions_need_the_same_number_of_queries_for_many_rows(import_subscribers, coalition):
    organisation = OrganisationFactory(coalition=coalition, name="Kijana Mtandao")
    surnames = [f"Sur{chr(97 + number)}name" for number in range(12)]
    for surname in surnames:
        AffiliationFactory(
            organisation=organisation, person__name=f"Olga {surname}", person__email=f"{surname.lower()}@old.example"
        )

    def count_queries(names):
        with CaptureQueriesContext(connection) as captured:
            brought = import_subscribers(
                *([f"{name.lower()}@new.example", f"Olga {name}", "Kijana Mtandao"] for name in names)
            )
        assert len(list_questions(brought)) == len(names)
        return len(captured)

    count_queries(surnames[:1])
    assert count_queries(surnames) <= count_queries(surnames[:2]) + 2


@pytest.mark.parametrize(
    ("first_name", "second_name", "is_same"),
    [
        ("A/Prof Osvalda Machava", "Osvalda Machava", True),
        ("Assoc. Prof. Osvalda Machava, PhD", "Machava, Osvalda", True),
        ("Atty. Osvalda Machava", "Osvalda Machava", True),
        ("Dr Margarida (Guida) Machava", "Guida Machava", True),
        ("Dr Margarida (Guida) Machava", "Margarida Machava", True),
        ('Ma. Teresa "Tess" Machava', "Tess Machava", True),
        ("A. Osvalda Machava", "B. Osvalda Machava", False),
        ("Margarida (she/her) Machava", "She Machava", False),
        ("Dr Margarida Machava", "Guida Machava", False),
        ("Prof Machava", "Dr Machava", False),
        ("Osvalda Machava, MSc, MBA", "Osvalda Machava", True),
        ("Osvalda Machava Ph.D.", "Osvalda Machava", True),
        ("Osvalda Nzue Mba", "Osvalda Nzue", False),
        ("Osvalda Nzue MBA", "Osvalda Nzue", False),
        ("Ing Wei Machava", "Wei Machava", False),
        ("Ing. Osvalda Machava", "Osvalda Machava", True),
        ("Ing. Machava", "Machava", False),
        ("Mtro. Osvaldo Machava", "Osvaldo Machava", True),
        ("Mtra. Osvalda Machava Nzue", "Osvalda Machava Nzue", True),
        ("Licda. Osvalda Machava", "Osvalda Machava", True),
        ("Mtro. Machava", "Machava", False),
        *(
            (f"Osvalda Machava{ending}", "Osvalda Machava", True)
            for ending in (", Phd", ", phd", ", Msc", ", Mba", " (PhD)")
        ),
        ("OSVALDA MACHAVA, MSC", "Osvalda Machava", True),
        ("Osvalda Machava, Phd, Mba", "Osvalda Machava", True),
        ("Osvalda Nzue Msc", "Osvalda Nzue", False),
        ("Mba, Osvalda Nzue", "Osvalda Nzue", False),
    ],
)
def test_names_are_compared_without_titles_and_with_nicknames(first_name, second_name, is_same):
    keys = [set(get_person_name_keys(name)) for name in (first_name, second_name)]
    assert bool(keys[0] & keys[1]) == is_same


def test_nickname_of_a_known_person_is_asked_about(coalition, import_subscribers):
    person = PersonFactory(name="Dr Margarida (Guida) Machava", email=ON_RECORD)
    ListEntry.objects.create(coalition=coalition, person=person, starts_on=timezone.localdate())
    brought = import_subscribers([IN_FILE, "Guida Machava", ""], ["a@q.example", "Ana Machava", ""])

    assert [number for number, *_answer in list_questions(brought)] == [2]
