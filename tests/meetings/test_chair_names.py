"""The chair on the page of a meeting: the person with the organisation, for those who may read the name."""

import re

import pytest

from jukwaa.meetings.actions import record_attendance
from tests.factories import AffiliationFactory


@pytest.fixture
def chair(meeting, organisation, rapporteur):
    person = AffiliationFactory(organisation=organisation, person__name="Ana Lopes").person
    record_attendance(
        actor=rapporteur, meeting=meeting, name="Ana Lopes", came_as="member", organisation=organisation, is_chair=True
    )
    return person


def load_chair_line(client, meeting):
    page = client.get(meeting.get_absolute_url()).content.decode()
    line = page.split("<dt>Chair</dt>")[1].split("</dd>")[0]
    return re.sub(r"<[^>]+>", "", line)


def test_members_read_who_chaired_and_for_whom(client, member, meeting, chair, organisation):
    client.force_login(member)

    assert load_chair_line(client, meeting) == f"Ana Lopes, {organisation.name}"


def test_visitors_read_the_organisation(client, meeting, chair, organisation):
    assert load_chair_line(client, meeting) == organisation.name


def test_members_do_not_read_the_name_of_a_person_who_left(client, member, coalition, meeting, chair, organisation):
    chair.former_in = [coalition.pk]
    chair.save()
    client.force_login(member)

    assert load_chair_line(client, meeting) == organisation.name


def test_name_that_is_not_of_the_directory_has_its_organisation(client, member, meeting, organisation, rapporteur):
    record_attendance(
        actor=rapporteur, meeting=meeting, name="Ben Okoro", came_as="member", organisation=organisation, is_chair=True
    )
    client.force_login(member)

    assert load_chair_line(client, meeting) == f"Ben Okoro, {organisation.name}"
