"""Leaving a coalition: when it takes effect, the name in the record, and the pages before and after."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.erased_identities import unblock_returned_person
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import (
    add_membership,
    add_to_mailing_list,
    assign_role,
    change_affiliation,
    claim_affiliation,
    end_affiliation,
    end_membership,
    end_role,
    remove_from_mailing_list,
    remove_person,
)
from jukwaa.coalitions.capacities import create_capacity, create_capacity_from_source
from jukwaa.coalitions.departures import count_contributions, is_person_in_coalition, sync_all_departures
from jukwaa.coalitions.directory import get_visible_affiliations, get_visible_people
from jukwaa.coalitions.display_names import get_display_name, get_public_name
from jukwaa.coalitions.models import Affiliation, Membership, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.models import Attendance
from jukwaa.records.actions import add_comment
from jukwaa.updates.models import ListPost
from tests.conftest import create_seated_person
from tests.factories import (
    AffiliationFactory,
    AttendanceFactory,
    DocumentFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)

MEMBER_NAME = "Zephyrina Quillfeather"


def get_date_ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def member_to_depart(coalition):
    """A member on her own, with an account, whose name is public."""
    person = create_seated_person(coalition, MEMBER_NAME)
    person.name_is_public, person.last_login = True, timezone.now()
    person.save()
    return person


def get_former_name(person):
    person.refresh_from_db()
    return person.former_in


def leave_coalition(client, person, coalition, **sent):
    client.force_login(person)
    return client.post(reverse("coalitions:person_take_out", args=[coalition.slug, person.pk]), sent, follow=True)


def test_person_departs_when_last_connection_ends(coalition, coordinator, organisation, member_to_depart):
    role = assign_role(
        actor=coordinator, coalition=coalition, person=member_to_depart, kind="editor", starts_on=get_date_ago(9)
    )
    entry = add_to_mailing_list(actor=coordinator, coalition=coalition, email=member_to_depart.email)
    tie = AffiliationFactory(organisation=organisation, person=member_to_depart, confirmed_by=coordinator)
    marks = []
    end_membership(actor=member_to_depart, membership=Membership.objects.get(person=member_to_depart))
    marks.append(get_former_name(member_to_depart))
    end_role(actor=coordinator, role=role, ends_on=get_date_ago(1))
    marks.append(get_former_name(member_to_depart))
    remove_from_mailing_list(actor=coordinator, list_entry=entry)
    marks.append(get_former_name(member_to_depart))
    end_affiliation(actor=member_to_depart, affiliation=tie)

    assert (marks, get_former_name(member_to_depart)) == ([[], [], []], [coalition.pk])


def test_returning_person_is_named_again(coalition, coordinator, member_to_depart):
    own = create_capacity(coalition=coalition, person=member_to_depart, organisation=None)
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart, keeps_name=False)
    own.refresh_from_db()
    gone = own.name
    unblock_returned_person(member_to_depart, coalition.pk)
    add_membership(actor=coordinator, coalition=coalition, person=member_to_depart)
    own.refresh_from_db()

    assert (gone, own.name, get_former_name(member_to_depart)) == ("a former member", MEMBER_NAME, [])


def test_unconfirmed_affiliation_does_not_count_as_return(coalition, organisation, member_to_depart):
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)
    claim_affiliation(actor=member_to_depart, organisation=organisation)

    assert get_former_name(member_to_depart) == [coalition.pk]


def test_person_who_never_belonged_is_not_departed(coalition, organisation, coordinator):
    person = PersonFactory(name=MEMBER_NAME, name_is_public=True)
    tie = claim_affiliation(actor=person, organisation=organisation)
    end_affiliation(actor=person, affiliation=tie)
    sync_all_departures()

    assert get_former_name(person) == []


def test_clock_records_departure_after_last_day(coalition, member_to_depart):
    Membership.objects.filter(person=member_to_depart).update(ends_on=get_date_ago(1))
    coalition.refresh_from_db()
    before = coalition.revision
    sync_all_departures()
    coalition.refresh_from_db()
    moved = coalition.revision
    sync_all_departures()
    coalition.refresh_from_db()

    assert get_former_name(member_to_depart) == [coalition.pk]
    assert before < moved == coalition.revision


def test_clock_records_return_on_first_day(coalition, member_to_depart):
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)
    RoleFactory(coalition=coalition, person=member_to_depart, kind="editor", starts_on=timezone.localdate())
    sync_all_departures()

    assert get_former_name(member_to_depart) == []


def test_removal_ends_future_role(coalition, coordinator, member_to_depart):
    assign_role(
        actor=coordinator, coalition=coalition, person=member_to_depart, kind="chair", starts_on=get_date_ago(-30)
    )
    remove_person(actor=coordinator, coalition=coalition, person=member_to_depart)

    assert list(Role.objects.filter(person=member_to_depart).values_list("ends_on", flat=True)) == [get_date_ago(1)]


def test_corrected_last_day_reverses_departure(coalition, coordinator, organisation):
    tie = AffiliationFactory(organisation=organisation, person__name=MEMBER_NAME)
    end_affiliation(actor=coordinator, affiliation=tie, ends_on=get_date_ago(1))
    left = get_former_name(tie.person)
    change_affiliation(actor=coordinator, affiliation=tie, position="", starts_on=None, ends_on=None)

    assert (left, get_former_name(tie.person)) == ([coalition.pk], [])


def test_former_name_is_visible_only_to_person_and_lead(
    coalition, organisation, coordinator, member, safeguarding_lead, member_to_depart
):
    own = create_capacity(coalition=coalition, person=member_to_depart, organisation=None)
    spoken = create_capacity(coalition=coalition, person=member_to_depart, organisation=organisation)
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)
    readers = [AnonymousUser(), member, coordinator, safeguarding_lead, Person.objects.get(pk=member_to_depart.pk)]
    standings = [Standing(reader, coalition) for reader in readers]
    own.refresh_from_db()
    person = Person.objects.get(pk=member_to_depart.pk)

    assert [get_public_name(person, each) for each in standings] == ["", "", "", MEMBER_NAME, MEMBER_NAME]
    assert [get_display_name(person, each) for each in standings[:3]] == ["a former representative"] * 3
    assert [get_display_name(own, each) for each in standings[:3]] == ["a former member"] * 3
    assert {get_display_name(spoken, each) for each in standings} == {organisation.name}
    assert [get_visible_people(each).filter(pk=member_to_depart.pk).exists() for each in standings] == [
        False,
        False,
        False,
        True,
        True,
    ]
    assert (get_public_name(person, None), get_display_name(own, None)) == ("", "a former member")


def test_other_coalition_still_names_departed_person(coalition, other_coalition, member_to_depart):
    MembershipFactory(coalition=other_coalition, organisation=None, person=member_to_depart)
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)

    assert get_public_name(member_to_depart, Standing(AnonymousUser(), other_coalition)) == MEMBER_NAME


def test_ended_affiliation_is_visible_only_to_person(coalition, coordinator, member, organisation, member_to_depart):
    AffiliationFactory(organisation=organisation, person=member_to_depart, ends_on=get_date_ago(9))
    seen = {
        reader: get_visible_affiliations(Standing(reader, coalition)).filter(person=member_to_depart).exists()
        for reader in (AnonymousUser(), member, coordinator, member_to_depart)
    }

    assert list(seen.values()) == [False, False, False, True]
    assert (
        get_visible_affiliations(Standing(coordinator, coalition), include_ended=True)
        .filter(person=member_to_depart)
        .exists()
    )


def test_name_is_kept_if_person_chose_it(client, coalition, coordinator, member_to_depart):
    record = DocumentFactory(coalition=coalition, published=True)
    add_comment(actor=member_to_depart, record=record, body="I have read it.")
    page = leave_coalition(client, member_to_depart, coalition, keeps_name="on")
    sync_all_departures()
    client.logout()

    assert "Your contributions still show your name." in page.text
    assert MEMBER_NAME in client.get(record.get_absolute_url()).text
    assert MEMBER_NAME not in client.get(reverse("coalitions:person_list", args=[coalition.slug])).text
    assert (get_former_name(member_to_depart), member_to_depart.keeps_name_in) == ([], [coalition.pk])


def test_only_person_can_choose_to_keep_name(client, coalition, coordinator, member_to_depart):
    client.force_login(coordinator)
    url = reverse("coalitions:person_take_out", args=[coalition.slug, member_to_depart.pk])
    page = client.get(url)
    client.post(url, {"keeps_name": "on"})

    assert "Keep my name" not in page.text
    assert (get_former_name(member_to_depart), member_to_depart.keeps_name_in) == ([coalition.pk], [])


def test_choice_to_keep_name_can_be_withdrawn(client, coalition, member_to_depart):
    leave_coalition(client, member_to_depart, coalition, keeps_name="on")
    page = leave_coalition(client, member_to_depart, coalition)

    assert "instead of your name" in page.text
    assert (get_former_name(member_to_depart), member_to_depart.keeps_name_in) == ([coalition.pk], [])


def test_leave_page_counts_what_is_removed_and_kept(client, coalition, organisation, member_to_depart):
    AffiliationFactory(organisation=organisation, person=member_to_depart)
    record = DocumentFactory(coalition=coalition, published=True)
    for words in ("I have read it.", "Once more."):
        add_comment(actor=member_to_depart, record=record, body=words)
    capacity = create_capacity(coalition=coalition, person=member_to_depart, organisation=organisation)
    AttendanceFactory(meeting__coalition=coalition, capacity=capacity)
    client.force_login(member_to_depart)
    page = client.get(reverse("coalitions:person_take_out", args=[coalition.slug, member_to_depart.pk]))

    assert page.context["preview"].removed == [f"1 affiliation: {organisation.name}", "1 individual membership"]
    assert page.context["preview"].kept == ["2 comments", "1 meeting attended"]
    assert all(line in page.text for line in page.context["preview"].kept)
    assert 'name="keeps_name"' in page.text
    assert "checked" not in page.text


def test_leaving_one_of_two_organisations_explains_remaining(client, coalition, organisation, member_to_depart):
    AffiliationFactory(organisation=organisation, person=member_to_depart)
    client.force_login(member_to_depart)
    membership = Membership.objects.get(person=member_to_depart)
    url = reverse("coalitions:membership_end", args=[coalition.slug, membership.pk])
    asked = client.get(url)
    told = client.post(url, follow=True)

    assert asked.context["preview"].remaining == [f"1 affiliation: {organisation.name}"]
    assert "You will stay in the directory" in told.text
    assert get_former_name(member_to_depart) == []


def test_leaving_organisation_takes_effect_immediately(client, coalition, organisation):
    person = AffiliationFactory(organisation=organisation, person__name=MEMBER_NAME, person__name_is_public=True).person
    tie = Affiliation.objects.get(person=person)
    page = organisation.get_absolute_url()
    named = client.get(page).text
    client.force_login(person)
    told = client.post(reverse("coalitions:affiliation_end", args=[coalition.slug, tie.pk]), follow=True)
    client.logout()

    assert MEMBER_NAME in named
    assert "removed from the directory" in told.text
    assert MEMBER_NAME not in client.get(page).text
    assert (get_former_name(person), is_person_in_coalition(coalition, person)) == ([coalition.pk], False)


def test_cached_page_is_not_revalidated_after_leaving(client, coalition, member_to_depart):
    own = create_capacity(coalition=coalition, person=member_to_depart, organisation=None)
    meeting = AttendanceFactory(meeting__coalition=coalition, capacity=own).meeting
    url = reverse("meetings:attendance_list", args=[coalition.slug, meeting.pk])
    first = client.get(url)
    tag = {"if-none-match": first.headers["ETag"]}
    unchanged = client.get(url, headers=tag)
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)
    asked_again = client.get(url, headers=tag)

    assert MEMBER_NAME in first.text
    assert (unchanged.status_code, asked_again.status_code) == (304, 200)
    assert MEMBER_NAME not in asked_again.text


def test_page_of_departed_person_is_not_found(
    client, coalition, coordinator, member, safeguarding_lead, member_to_depart
):
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)
    statuses = []
    for reader in (None, member, coordinator, safeguarding_lead, member_to_depart):
        client.logout()
        if reader:
            client.force_login(reader)
        statuses.append(
            client.get(reverse("coalitions:person_detail", args=[coalition.slug, member_to_depart.pk])).status_code
        )

    assert statuses == [404, 404, 404, 200, 200]


def test_returning_applicant_is_named_to_coordinators(client, coalition, coordinator, organisation, member_to_depart):
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)
    claim_affiliation(actor=member_to_depart, organisation=organisation)
    client.force_login(coordinator)

    assert MEMBER_NAME in client.get(reverse("coalitions:confirmations", args=[coalition.slug])).text


def test_attendance_of_departed_person_keeps_organisation(client, coalition, organisation, member_to_depart):
    capacity = create_capacity(coalition=coalition, person=member_to_depart, organisation=organisation)
    own = create_capacity(coalition=coalition, person=member_to_depart, organisation=None)
    row = AttendanceFactory(meeting__coalition=coalition, capacity=capacity)
    Attendance.objects.create(meeting=row.meeting, capacity=own, came_as=Attendance.As.MEMBER)
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)
    page = client.get(reverse("meetings:attendance_list", args=[coalition.slug, row.meeting.pk])).text

    assert (organisation.name in page, "a former member" in page, MEMBER_NAME in page) == (True, True, False)


def test_typed_name_in_attendance_is_removed(client, coalition, coordinator, organisation, member_to_depart):
    typed = [
        create_capacity_from_source(coalition=coalition, person_name=MEMBER_NAME.upper(), organisation=each)
        for each in (organisation, None)
    ]
    meeting = AttendanceFactory(meeting__coalition=coalition, capacity=typed[0]).meeting
    AttendanceFactory(meeting=meeting, capacity=typed[1])
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)
    page = client.get(reverse("meetings:attendance_list", args=[coalition.slug, meeting.pk])).text
    for each in typed:
        each.refresh_from_db()

    assert [each.name for each in typed] == ["a former representative", "a former member"]
    assert [each.person for each in typed] == [None, None]
    assert (MEMBER_NAME.upper() in page, organisation.name in page) == (False, True)


def test_applicant_departure_keeps_names_typed_by_others(coalition):
    typed = create_capacity_from_source(coalition=coalition, person_name=MEMBER_NAME)
    stranger = PersonFactory(name=MEMBER_NAME, last_login=timezone.now())
    waiting = {"standing": "applied", "starts_on": None, "applied_on": timezone.localdate()}
    MembershipFactory(coalition=coalition, organisation=None, person=stranger, **waiting)
    counted = count_contributions(coalition, stranger)
    remove_person(actor=stranger, coalition=coalition, person=stranger)
    typed.refresh_from_db()

    assert (counted, typed.name, typed.person) == ([], MEMBER_NAME, None)


@pytest.mark.parametrize("former_name", ["Costa Rica", "Ministry of Quills"])
def test_name_of_country_or_organisation_is_not_removed(coalition, member_to_depart, former_name):
    OrganisationFactory(coalition=coalition, name="Ministry of Quills")
    Person.objects.filter(pk=member_to_depart.pk).update(name=former_name)
    member_to_depart.refresh_from_db()
    typed = create_capacity_from_source(coalition=coalition, person_name=former_name)
    counted = count_contributions(coalition, member_to_depart)
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)
    typed.refresh_from_db()

    assert (counted, typed.name, typed.person) == ([], former_name, None)


def test_mailing_list_person_departure_removes_name(coalition, coordinator):
    person = PersonFactory(name=MEMBER_NAME, email="quill@example.org", last_login=timezone.now())
    add_to_mailing_list(actor=coordinator, coalition=coalition, email=person.email)
    typed = create_capacity_from_source(coalition=coalition, person_name=MEMBER_NAME)
    remove_person(actor=person, coalition=coalition, person=person)
    typed.refresh_from_db()

    assert typed.name == "a former member"


def test_name_shared_by_two_people_is_not_removed(coalition, organisation, member_to_depart):
    create_seated_person(coalition, MEMBER_NAME)
    typed = create_capacity_from_source(coalition=coalition, person_name=MEMBER_NAME, organisation=organisation)
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)
    typed.refresh_from_db()

    assert (typed.name, typed.person) == (MEMBER_NAME, None)


def test_mailing_list_post_loses_sender_name(coalition, member, member_to_depart):
    for sender in (MEMBER_NAME, "A member"):
        facts = {"message_id": sender, "thread": sender, "sender": sender, "body": "Hello."}
        ListPost.objects.create(coalition=coalition, posted_at=timezone.now(), **facts)
    remove_person(actor=member_to_depart, coalition=coalition, person=member_to_depart)

    assert set(ListPost.objects.values_list("sender", flat=True)) == {"a former member", "A member"}
