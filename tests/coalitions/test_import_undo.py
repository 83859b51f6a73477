"""An import is undone as a whole, until something depends on it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import (
    answer_questions_of_import,
    change_membership_dates,
    change_organisation,
    import_ready_rows,
    undo_import,
)
from jukwaa.coalitions.actions.organisations import OrganisationFacts
from jukwaa.coalitions.models import (
    Affiliation,
    AreaOfWork,
    Capacity,
    ImportChange,
    ListEntry,
    Membership,
    Organisation,
)
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.updates.models import FirstMail
from jukwaa.updates.welcome_emails import send_welcome_emails
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory

COLUMN_HEADINGS = ["Organisation", "Country", "Areas", "Joined", "Contact person", "Title", "E-mail"]
NEW_ROW = ["Helpline Two", "Kenya", "Helplines", "2009", "Jane Doe", "Director", "jane@two.example"]
KNOWN_ROW = ["Helpline One", "Kenya", "Law", "2010", "A. Known", "Chair", "known@one.example"]


def count_all_rows():
    return [model.objects.count() for model in (Organisation, AreaOfWork, Membership, Affiliation, Person, ListEntry)]


@pytest.fixture
def finished_import(import_rows, coalition, coordinator):
    """Two rows: an organisation and a person that are new, and two that were there."""
    there = OrganisationFactory(coalition=coalition, name="Helpline One", country="", regional_group="unknown")
    known = PersonFactory(name="Known", email="known@one.example")
    Affiliation.objects.create(person=known, organisation=there)
    before = count_all_rows()
    brought = import_rows(NEW_ROW, KNOWN_ROW, heading=COLUMN_HEADINGS)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    brought.refresh_from_db()
    brought.counts_before = before
    return brought


def get_undo_refusal(coordinator, spreadsheet_import):
    before = count_all_rows()
    with pytest.raises(ActionRefused) as refused:
        undo_import(actor=coordinator, spreadsheet_import=spreadsheet_import)
    assert count_all_rows() == before
    return str(refused.value)


def test_undone_import_leaves_directory_as_it_was(finished_import, coordinator):
    assert count_all_rows() != finished_import.counts_before
    for _press in range(2):
        undo_import(actor=coordinator, spreadsheet_import=finished_import)

    assert count_all_rows() == finished_import.counts_before
    organisation, tie = Organisation.objects.get(), Affiliation.objects.get()
    assert (organisation.country, organisation.regional_group, list(organisation.areas.all())) == ("", "unknown", [])
    assert (tie.position, tie.confirmed_on, tie.confirmed_by) == ("", None, None)
    finished_import.refresh_from_db()
    assert (finished_import.state, set(finished_import.rows.values_list("state", flat=True))) == (
        "preview",
        {"waiting"},
    )
    assert not ImportChange.objects.exists()
    assert import_ready_rows(actor=coordinator, spreadsheet_import=finished_import).entered == 2


@pytest.mark.parametrize("persona", ["member", "rapporteur", "outsider"])
def test_only_coordinators_answer_and_undo(finished_import, request, persona):
    actor = request.getfixturevalue(persona)

    with pytest.raises(PermissionDenied):
        undo_import(actor=actor, spreadsheet_import=finished_import)
    with pytest.raises(PermissionDenied):
        answer_questions_of_import(
            actor=actor, spreadsheet_import=finished_import, import_decisions={}, answers_by_row={}
        )
    assert ImportChange.objects.exists()


def test_import_in_two_steps_is_undone_as_a_whole(import_rows, coordinator):
    before = count_all_rows()
    brought = import_rows(NEW_ROW, ["Helpline Three", "Atlantis", "", "", "", "", ""], heading=COLUMN_HEADINGS)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    brought.rows.filter(number=3).update(cells={"name": "Helpline Three"}, state="waiting")
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    undo_import(actor=coordinator, spreadsheet_import=brought)

    assert count_all_rows() == before


def test_mailing_list_import_is_undone(import_rows, coordinator):
    before = count_all_rows()
    brought = import_rows(["One", "one@example.org"], heading=["Name", "E-mail"], kind="people")
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    undo_import(actor=coordinator, spreadsheet_import=brought)

    assert count_all_rows() == before


def test_pending_first_email_is_deleted_with_person(finished_import, coalition, coordinator):
    assert coalition.mail_released_at is None
    assert (send_welcome_emails(), finished_import.changes.filter(kind="person").count()) == (0, 1)
    finished_import.changes.update(at=timezone.now() - timedelta(hours=25))
    assert send_welcome_emails() == 1
    assert Message.objects.filter(to="jane@two.example").exists()
    undo_import(actor=coordinator, spreadsheet_import=finished_import)

    assert not Message.objects.filter(to="jane@two.example").exists()
    assert not FirstMail.objects.filter(person__email="jane@two.example").exists()
    assert not Person.objects.filter(email="jane@two.example").exists()


def test_edited_organisation_stops_undo(finished_import, coordinator):
    organisation = Organisation.objects.get(name="Helpline Two")
    facts = OrganisationFacts(name="Helpline Two", country="UG")
    change_organisation(actor=coordinator, organisation=organisation, facts=facts, from_version=1)

    assert "“Helpline Two” has been edited since the import." in get_undo_refusal(coordinator, finished_import)


def test_changed_membership_stops_undo(finished_import, coordinator):
    membership = Membership.objects.get(organisation__name="Helpline Two")
    change_membership_dates(actor=coordinator, membership=membership, starts_on=date(2011, 1, 1), ends_on=None)

    assert "These memberships have been changed since the import: “Helpline Two”." in get_undo_refusal(
        coordinator, finished_import
    )


def test_used_organisation_stops_undo(finished_import, coalition, coordinator):
    organisation = Organisation.objects.get(name="Helpline Two")
    Capacity.objects.create(coalition=coalition, organisation=organisation, name="Helpline Two")

    assert "“Helpline Two” is now used in the record." in get_undo_refusal(coordinator, finished_import)


def test_signed_in_person_stops_undo(finished_import, coordinator):
    Person.objects.filter(email="jane@two.example").update(last_login=timezone.now())

    assert "1 person has been emailed, has signed in or has been removed since the import." in get_undo_refusal(
        coordinator, finished_import
    )


def test_known_person_who_spoke_for_organisation_stops_undo(import_rows, coalition, coordinator):
    OrganisationFactory(coalition=coalition, name="Helpline One")
    known = PersonFactory(name="Known", email="known@one.example")
    brought = import_rows(KNOWN_ROW, heading=COLUMN_HEADINGS)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    tie = Affiliation.objects.get(person=known)
    Capacity.objects.create(coalition=coalition, person=known, organisation=tie.organisation, name="Helpline One")

    assert "1 person is now named in the record." in get_undo_refusal(coordinator, brought)


def test_accepted_application_stops_undo(import_rows, coalition, coordinator):
    MembershipFactory(coalition=coalition, standing="applied", starts_on=None, organisation__name="Helpline One")
    brought = import_rows(KNOWN_ROW, heading=COLUMN_HEADINGS)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    sentence = "The import accepted these applications, and the applicants have been notified: “Helpline One”."
    assert sentence in get_undo_refusal(coordinator, brought)


def test_undo_page_lists_deletions_or_obstacles(finished_import, client, build_coalition_url, coordinator, member):
    client.force_login(coordinator)
    assert (
        build_coalition_url("import_undo", finished_import.pk)
        in client.get(build_coalition_url("import_detail", finished_import.pk)).text
    )
    page = client.get(build_coalition_url("import_undo", finished_import.pk)).text
    assert [line in page for line in ("1 organisation", "2 memberships", "1 person", "1 affiliation")] == [True] * 4
    Organisation.objects.filter(name="Helpline Two").update(version=2)
    assert (
        "“Helpline Two” has been edited since the import."
        in client.get(build_coalition_url("import_undo", finished_import.pk)).text
    )
    assert (
        "can no longer be undone"
        in client.post(build_coalition_url("import_undo", finished_import.pk), follow=True).text
    )

    Organisation.objects.filter(name="Helpline Two").update(version=1)
    client.force_login(member)
    assert client.post(build_coalition_url("import_undo", finished_import.pk)).status_code == 404
    client.force_login(coordinator)
    assert client.post(build_coalition_url("import_undo", finished_import.pk)).url == build_coalition_url(
        "import_preview", finished_import.pk
    )
    assert not Organisation.objects.filter(name="Helpline Two").exists()


def test_undo_leaves_out_area_of_work_that_was_deleted(finished_import, coalition, coordinator):
    area = AreaOfWork.objects.create(coalition=coalition, name="Hotlines")
    there = Organisation.objects.get(name="Helpline One")
    change = finished_import.changes.get(kind=ImportChange.Kind.ORGANISATION, is_new=False)
    change.before["areas"] = [*change.before["areas"], area.pk]
    change.save()
    area.delete()
    undo_import(actor=coordinator, spreadsheet_import=finished_import)
    assert area.name not in there.areas.values_list("name", flat=True)
    assert count_all_rows() == finished_import.counts_before
