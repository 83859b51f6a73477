"""Leaving a coalition: when somebody has left, what the record calls them, what the page says before and after."""

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
from jukwaa.coalitions.departures import belongs_to, count_contributions, sync_all_departures
from jukwaa.coalitions.directory import get_visible_affiliations, get_visible_people
from jukwaa.coalitions.display_names import get_display_name, get_public_name
from jukwaa.coalitions.models import Affiliation, Membership, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.models import Attendance
from jukwaa.records.actions import add_comment
from jukwaa.updates.models import ListPost
from tests.conftest import seated
from tests.factories import (
    AffiliationFactory,
    AttendanceFactory,
    DocumentFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)

NAME = "Zephyrina Quillfeather"


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def leaver(coalition):
    """A member on her own, with an account, whose name is public."""
    person = seated(coalition, NAME)
    person.name_is_public, person.last_login = True, timezone.now()
    person.save()
    return person


def former(person):
    person.refresh_from_db()
    return person.former_in


def leave(client, person, coalition, **sent):
    client.force_login(person)
    return client.post(reverse("coalitions:person_take_out", args=[coalition.slug, person.pk]), sent, follow=True)


def test_each_tie_holds_a_person_until_the_last_has_ended(coalition, coordinator, organisation, leaver):
    role = assign_role(actor=coordinator, coalition=coalition, person=leaver, kind="editor", starts_on=ago(9))
    entry = add_to_mailing_list(actor=coordinator, coalition=coalition, email=leaver.email)
    tie = AffiliationFactory(organisation=organisation, person=leaver, confirmed_by=coordinator)
    marks = []
    end_membership(actor=leaver, membership=Membership.objects.get(person=leaver))
    marks.append(former(leaver))
    end_role(actor=coordinator, role=role, ends_on=ago(1))
    marks.append(former(leaver))
    remove_from_mailing_list(actor=coordinator, entry=entry)
    marks.append(former(leaver))
    end_affiliation(actor=leaver, affiliation=tie)

    assert (marks, former(leaver)) == ([[], [], []], [coalition.pk])


def test_whoever_comes_back_is_named_again(coalition, coordinator, leaver):
    own = create_capacity(coalition=coalition, person=leaver, organisation=None)
    remove_person(actor=leaver, coalition=coalition, person=leaver, keeps_name=False)
    own.refresh_from_db()
    gone = own.name
    unblock_returned_person(leaver, coalition.pk)
    add_membership(actor=coordinator, coalition=coalition, person=leaver)
    own.refresh_from_db()

    assert (gone, own.name, former(leaver)) == ("a former member", NAME, [])


def test_what_nobody_confirmed_brings_nobody_back(coalition, organisation, leaver):
    remove_person(actor=leaver, coalition=coalition, person=leaver)
    claim_affiliation(actor=leaver, organisation=organisation)

    assert former(leaver) == [coalition.pk]


def test_whoever_never_belonged_has_not_left(coalition, organisation, coordinator):
    person = PersonFactory(name=NAME, name_is_public=True)
    tie = claim_affiliation(actor=person, organisation=organisation)
    end_affiliation(actor=person, affiliation=tie)
    sync_all_departures()

    assert former(person) == []


def test_the_clock_notes_a_last_day_that_has_passed_and_moves_the_revision(coalition, leaver):
    Membership.objects.filter(person=leaver).update(ends_on=ago(1))
    coalition.refresh_from_db()
    before = coalition.revision
    sync_all_departures()
    coalition.refresh_from_db()
    moved = coalition.revision
    sync_all_departures()
    coalition.refresh_from_db()

    assert former(leaver) == [coalition.pk]
    assert before < moved == coalition.revision


def test_the_clock_notes_a_first_day_that_has_come(coalition, leaver):
    remove_person(actor=leaver, coalition=coalition, person=leaver)
    RoleFactory(coalition=coalition, person=leaver, kind="editor", starts_on=timezone.localdate())
    sync_all_departures()

    assert former(leaver) == []


def test_being_taken_out_ends_a_role_that_is_to_come(coalition, coordinator, leaver):
    assign_role(actor=coordinator, coalition=coalition, person=leaver, kind="chair", starts_on=ago(-30))
    remove_person(actor=coordinator, coalition=coalition, person=leaver)

    assert list(Role.objects.filter(person=leaver).values_list("ends_on", flat=True)) == [ago(1)]


def test_a_last_day_that_was_wrong_is_corrected_and_brings_back(coalition, coordinator, organisation):
    tie = AffiliationFactory(organisation=organisation, person__name=NAME)
    end_affiliation(actor=coordinator, affiliation=tie, ends_on=ago(1))
    left = former(tie.person)
    change_affiliation(actor=coordinator, affiliation=tie, position="", starts_on=None, ends_on=None)

    assert (left, former(tie.person)) == ([coalition.pk], [])


def test_only_the_person_and_the_safeguarding_lead_read_the_name(
    coalition, organisation, coordinator, member, safeguarding_lead, leaver
):
    own = create_capacity(coalition=coalition, person=leaver, organisation=None)
    spoken = create_capacity(coalition=coalition, person=leaver, organisation=organisation)
    remove_person(actor=leaver, coalition=coalition, person=leaver)
    readers = [AnonymousUser(), member, coordinator, safeguarding_lead, Person.objects.get(pk=leaver.pk)]
    standings = [Standing(reader, coalition) for reader in readers]
    own.refresh_from_db()
    person = Person.objects.get(pk=leaver.pk)

    assert [get_public_name(person, each) for each in standings] == ["", "", "", NAME, NAME]
    assert [get_display_name(person, each) for each in standings[:3]] == ["a former representative"] * 3
    assert [get_display_name(own, each) for each in standings[:3]] == ["a former member"] * 3
    assert {get_display_name(spoken, each) for each in standings} == {organisation.name}
    assert [get_visible_people(each).filter(pk=leaver.pk).exists() for each in standings] == [
        False,
        False,
        False,
        True,
        True,
    ]
    assert (get_public_name(person, None), get_display_name(own, None)) == ("", "a former member")


def test_another_coalition_goes_on_naming_the_person(coalition, other_coalition, leaver):
    MembershipFactory(coalition=other_coalition, organisation=None, person=leaver)
    remove_person(actor=leaver, coalition=coalition, person=leaver)

    assert get_public_name(leaver, Standing(AnonymousUser(), other_coalition)) == NAME


def test_an_affiliation_that_has_ended_is_shown_to_nobody_but_the_person(
    coalition, coordinator, member, organisation, leaver
):
    AffiliationFactory(organisation=organisation, person=leaver, ends_on=ago(9))
    seen = {
        reader: get_visible_affiliations(Standing(reader, coalition)).filter(person=leaver).exists()
        for reader in (AnonymousUser(), member, coordinator, leaver)
    }

    assert list(seen.values()) == [False, False, False, True]
    assert get_visible_affiliations(Standing(coordinator, coalition), include_ended=True).filter(person=leaver).exists()


def test_the_name_stays_in_the_record_if_the_person_chose_it(client, coalition, coordinator, leaver):
    record = DocumentFactory(coalition=coalition, published=True)
    add_comment(actor=leaver, record=record, body="I have read it.")
    page = leave(client, leaver, coalition, keeps_name="on")
    sync_all_departures()
    client.logout()

    assert "What you wrote here still shows your name." in page.text
    assert NAME in client.get(record.get_absolute_url()).text
    assert NAME not in client.get(reverse("coalitions:person_list", args=[coalition.slug])).text
    assert (former(leaver), leaver.keeps_name_in) == ([], [coalition.pk])


def test_nobody_else_can_choose_to_keep_the_name(client, coalition, coordinator, leaver):
    client.force_login(coordinator)
    url = reverse("coalitions:person_take_out", args=[coalition.slug, leaver.pk])
    page = client.get(url)
    client.post(url, {"keeps_name": "on"})

    assert "Keep my name" not in page.text
    assert (former(leaver), leaver.keeps_name_in) == ([coalition.pk], [])


def test_the_choice_can_be_taken_back(client, coalition, leaver):
    leave(client, leaver, coalition, keeps_name="on")
    page = leave(client, leaver, coalition)

    assert "instead of your name" in page.text
    assert (former(leaver), leaver.keeps_name_in) == ([coalition.pk], [])


def test_the_page_lists_what_is_removed_and_what_stays_with_numbers(client, coalition, organisation, leaver):
    AffiliationFactory(organisation=organisation, person=leaver)
    record = DocumentFactory(coalition=coalition, published=True)
    for words in ("I have read it.", "Once more."):
        add_comment(actor=leaver, record=record, body=words)
    capacity = create_capacity(coalition=coalition, person=leaver, organisation=organisation)
    AttendanceFactory(meeting__coalition=coalition, capacity=capacity)
    client.force_login(leaver)
    page = client.get(reverse("coalitions:person_take_out", args=[coalition.slug, leaver.pk]))

    assert page.context["preview"].removed == [f"1 affiliation: {organisation.name}", "1 individual membership"]
    assert page.context["preview"].kept == ["2 comments", "1 meeting attended"]
    assert all(line in page.text for line in page.context["preview"].kept)
    assert 'name="keeps_name"' in page.text
    assert "checked" not in page.text


def test_ending_one_of_two_ties_says_what_goes_on(client, coalition, organisation, leaver):
    AffiliationFactory(organisation=organisation, person=leaver)
    client.force_login(leaver)
    membership = Membership.objects.get(person=leaver)
    url = reverse("coalitions:membership_end", args=[coalition.slug, membership.pk])
    asked = client.get(url)
    told = client.post(url, follow=True)

    assert asked.context["preview"].remaining == [f"1 affiliation: {organisation.name}"]
    assert "You will stay in the directory" in told.text
    assert former(leaver) == []


def test_leaving_an_organisation_leaves_at_once(client, coalition, organisation):
    person = AffiliationFactory(organisation=organisation, person__name=NAME, person__name_is_public=True).person
    tie = Affiliation.objects.get(person=person)
    page = organisation.get_absolute_url()
    named = client.get(page).text
    client.force_login(person)
    told = client.post(reverse("coalitions:affiliation_end", args=[coalition.slug, tie.pk]), follow=True)
    client.logout()

    assert NAME in named
    assert "removed from the directory" in told.text
    assert NAME not in client.get(page).text
    assert (former(person), belongs_to(coalition, person)) == ([coalition.pk], False)


def test_a_page_that_a_browser_kept_is_not_confirmed_after_leaving(client, coalition, leaver):
    own = create_capacity(coalition=coalition, person=leaver, organisation=None)
    meeting = AttendanceFactory(meeting__coalition=coalition, capacity=own).meeting
    url = reverse("meetings:attendance_list", args=[coalition.slug, meeting.pk])
    first = client.get(url)
    tag = {"if-none-match": first.headers["ETag"]}
    unchanged = client.get(url, headers=tag)
    remove_person(actor=leaver, coalition=coalition, person=leaver)
    asked_again = client.get(url, headers=tag)

    assert NAME in first.text
    assert (unchanged.status_code, asked_again.status_code) == (304, 200)
    assert NAME not in asked_again.text


def test_the_page_of_whoever_left_is_not_found(client, coalition, coordinator, member, safeguarding_lead, leaver):
    remove_person(actor=leaver, coalition=coalition, person=leaver)
    statuses = []
    for reader in (None, member, coordinator, safeguarding_lead, leaver):
        client.logout()
        if reader:
            client.force_login(reader)
        statuses.append(client.get(reverse("coalitions:person_detail", args=[coalition.slug, leaver.pk])).status_code)

    assert statuses == [404, 404, 404, 200, 200]


def test_whoever_asks_to_come_back_is_named_to_those_who_decide(client, coalition, coordinator, organisation, leaver):
    remove_person(actor=leaver, coalition=coalition, person=leaver)
    claim_affiliation(actor=leaver, organisation=organisation)
    client.force_login(coordinator)

    assert NAME in client.get(reverse("coalitions:confirmations", args=[coalition.slug])).text


def test_attendance_keeps_the_organisation(client, coalition, organisation, leaver):
    capacity = create_capacity(coalition=coalition, person=leaver, organisation=organisation)
    own = create_capacity(coalition=coalition, person=leaver, organisation=None)
    row = AttendanceFactory(meeting__coalition=coalition, capacity=capacity)
    Attendance.objects.create(meeting=row.meeting, capacity=own, came_as=Attendance.As.MEMBER)
    remove_person(actor=leaver, coalition=coalition, person=leaver)
    page = client.get(reverse("meetings:attendance_list", args=[coalition.slug, row.meeting.pk])).text

    assert (organisation.name in page, "a former member" in page, NAME in page) == (True, True, False)


def test_a_name_that_others_typed_into_the_attendance_goes_as_well(
    client, coalition, coordinator, organisation, leaver
):
    typed = [
        create_capacity_from_source(coalition=coalition, name=NAME.upper(), organisation=each)
        for each in (organisation, None)
    ]
    meeting = AttendanceFactory(meeting__coalition=coalition, capacity=typed[0]).meeting
    AttendanceFactory(meeting=meeting, capacity=typed[1])
    remove_person(actor=leaver, coalition=coalition, person=leaver)
    page = client.get(reverse("meetings:attendance_list", args=[coalition.slug, meeting.pk])).text
    for each in typed:
        each.refresh_from_db()

    assert [each.name for each in typed] == ["a former representative", "a former member"]
    assert [each.person for each in typed] == [None, None]
    assert (NAME.upper() in page, organisation.name in page) == (False, True)


def test_whoever_only_applied_takes_no_name_that_others_typed(coalition):
    typed = create_capacity_from_source(coalition=coalition, name=NAME)
    stranger = PersonFactory(name=NAME, last_login=timezone.now())
    waiting = {"standing": "applied", "starts_on": None, "applied_on": timezone.localdate()}
    MembershipFactory(coalition=coalition, organisation=None, person=stranger, **waiting)
    counted = count_contributions(coalition, stranger)
    remove_person(actor=stranger, coalition=coalition, person=stranger)
    typed.refresh_from_db()

    assert (counted, typed.name, typed.person) == ([], NAME, None)


@pytest.mark.parametrize("name", ["Costa Rica", "Ministry of Quills"])
def test_the_name_of_a_country_or_an_organisation_is_nobody_s_to_take(coalition, leaver, name):
    OrganisationFactory(coalition=coalition, name="Ministry of Quills")
    Person.objects.filter(pk=leaver.pk).update(name=name)
    leaver.refresh_from_db()
    typed = create_capacity_from_source(coalition=coalition, name=name)
    counted = count_contributions(coalition, leaver)
    remove_person(actor=leaver, coalition=coalition, person=leaver)
    typed.refresh_from_db()

    assert (counted, typed.name, typed.person) == ([], name, None)


def test_whoever_was_on_the_list_alone_takes_the_name_along(coalition, coordinator):
    person = PersonFactory(name=NAME, email="quill@example.org", last_login=timezone.now())
    add_to_mailing_list(actor=coordinator, coalition=coalition, email=person.email)
    typed = create_capacity_from_source(coalition=coalition, name=NAME)
    remove_person(actor=person, coalition=coalition, person=person)
    typed.refresh_from_db()

    assert typed.name == "a former member"


def test_a_name_that_two_people_have_is_nobody_s_to_take(coalition, organisation, leaver):
    seated(coalition, NAME)
    typed = create_capacity_from_source(coalition=coalition, name=NAME, organisation=organisation)
    remove_person(actor=leaver, coalition=coalition, person=leaver)
    typed.refresh_from_db()

    assert (typed.name, typed.person) == (NAME, None)


def test_a_post_to_the_mailing_list_loses_the_name_of_its_sender(coalition, member, leaver):
    for sender in (NAME, "A member"):
        ListPost.objects.create(
            coalition=coalition,
            message_id=sender,
            thread=sender,
            sender=sender,
            body="Hello.",
            posted_at=timezone.now(),
        )
    remove_person(actor=leaver, coalition=coalition, person=leaver)

    assert set(ListPost.objects.values_list("sender", flat=True)) == {"a former member", "A member"}
