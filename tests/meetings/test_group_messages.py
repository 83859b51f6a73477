"""Writing to member organisations of regional and stakeholder groups that are missing among attendees."""

import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.invitations import Attendees
from jukwaa.meetings.missing_groups import find_silent_members
from jukwaa.meetings.models import GroupMessage, Rsvp
from jukwaa.updates.models import MailChoice, Topic
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory
from tests.meetings.preparing import planned
from tests.updates.mails import deliver, tell_later

TEXT = "Your region is missing. Will you come?"


def add_member(coalition, name, region="unknown", stakeholder="unknown", *, is_member=True):
    """Return a representative of a new organisation."""
    organisation = OrganisationFactory(
        coalition=coalition, name=name, regional_group=region, stakeholder_group=stakeholder
    )
    if is_member:
        MembershipFactory(coalition=coalition, organisation=organisation)
    return AffiliationFactory(organisation=organisation, may_speak=True).person


@pytest.fixture
def meeting(released):
    return planned(released, days=20)


@pytest.fixture
def cast(released, meeting):
    """One African government will attend; others are silent."""
    coming = add_member(released, "Kenya", "african", "government")
    organisation = coming.affiliations.get().organisation
    actions.reply_to_invitation(actor=coming, meeting=meeting, answer="yes", organisation=organisation)
    return {
        "coming": coming,
        "asia": add_member(released, "Asia Net", "asia-pacific", "government"),
        "industry": add_member(released, "Africa Cable", "african", "private-sector"),
        "present": add_member(released, "Uganda", "african", "government"),
        "stranger": add_member(released, "No Member", "weog", "civil-society", is_member=False),
    }


def names(meeting):
    return [row.organisation.name for row in find_silent_members(meeting, Attendees(meeting))]


def pk_of(person):
    return person.affiliations.get().organisation_id


def path_of(meeting):
    return reverse("meetings:group_message", args=[meeting.coalition.slug, meeting.pk])


def write(actor, meeting, *people, **more):
    return actions.write_to_groups(
        actor=actor, meeting=meeting, organisations=[pk_of(person) for person in people], text=TEXT, **more
    )


def told():
    return set(Message.objects.filter(subject__contains="Will you attend?").values_list("to", flat=True))


def test_members_of_missing_groups_that_have_not_replied_are_found(meeting, cast):
    assert names(meeting) == ["Africa Cable", "Asia Net"]


def test_organisation_without_a_representative_is_not_found(meeting, cast):
    cast["asia"].affiliations.update(may_speak=False)
    assert names(meeting) == ["Africa Cable"]


@pytest.mark.parametrize("answer", ["no", "maybe"])
def test_organisation_that_has_replied_is_not_found(meeting, cast, answer):
    organisation = cast["asia"].affiliations.get().organisation
    actions.reply_to_invitation(actor=cast["asia"], meeting=meeting, answer=answer, organisation=organisation)
    assert names(meeting) == ["Africa Cable"]


def test_form_names_organisations_and_nobody_of_them(client, meeting, cast, rapporteur):
    client.force_login(rapporteur)
    assert path_of(meeting) in client.get(meeting.get_absolute_url()).text
    page = client.get(path_of(meeting)).text
    assert "Asia Net (Asia-Pacific Group, Government)" in page
    assert "No Member" not in page
    assert "Uganda" not in page
    assert cast["asia"].name not in page
    assert cast["asia"].email not in page


def test_message_is_previewed_and_then_sent(client, meeting, cast, rapporteur):
    client.force_login(rapporteur)
    sent = {"organisations": [pk_of(cast["asia"])], "text": TEXT, "token": str(uuid.uuid4())}
    preview = client.post(path_of(meeting), sent)
    assert "Will you attend? The spring call" in preview.text
    assert not GroupMessage.objects.exists()
    sent["previewed"] = re.search(r'name="previewed" value="(\w+)"', preview.text)[1]
    changed = client.post(path_of(meeting), sent | {"text": "Another text."})
    assert "Another text." in changed.text
    assert not GroupMessage.objects.exists()
    answer = client.post(path_of(meeting), sent, follow=True)
    assert "We will email 1 organisation" in answer.text
    client.post(path_of(meeting), sent)
    assert GroupMessage.objects.count() == 1
    assert "Asia Net (Asia-Pacific Group, Government) (already contacted)" in client.get(path_of(meeting)).text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Enter a message."),
        ({"organisations": []}, "Choose at least one organisation."),
        ({"organisations": ["999"]}, "999 is not one of the available choices"),
    ],
)
def test_form_says_what_is_missing(client, meeting, cast, rapporteur, fields, sentence):
    client.force_login(rapporteur)
    sent = {"organisations": [pk_of(cast["asia"])], "text": TEXT, "token": str(uuid.uuid4())} | fields
    answer = client.post(path_of(meeting), sent)
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_email_goes_to_representatives_with_links_and_can_be_replied_to(meeting, cast, rapporteur):
    write(rapporteur, meeting, cast["asia"], cast["industry"])
    tell_later()
    tell_later()
    assert told() == {cast["asia"].email, cast["industry"].email}
    message = Message.objects.get(to=cast["asia"].email, subject__contains="Will you attend?")
    assert TEXT in message.body
    assert "?answer=colleague" in message.body
    deliver("Yes", to=message.reply_to, sender=cast["asia"].email)
    assert Rsvp.objects.get(person=cast["asia"]).answer == "yes"


def test_somebody_who_wants_no_such_emails_is_not_written_to(meeting, cast, rapporteur):
    MailChoice.objects.create(coalition=meeting.coalition, person=cast["asia"], topic=Topic.CONCERNS, wanted=False)
    write(rapporteur, meeting, cast["asia"], cast["industry"])
    tell_later()
    assert told() == {cast["industry"].email}


def test_organisation_that_is_no_member_or_present_is_never_written_to(meeting, cast, rapporteur):
    write(rapporteur, meeting, cast["asia"], cast["stranger"], cast["present"])
    tell_later()
    assert told() == {cast["asia"].email}


def test_somebody_who_replied_before_the_email_went_out_is_not_written_to(meeting, cast, rapporteur):
    write(rapporteur, meeting, cast["asia"], cast["industry"])
    organisation = cast["asia"].affiliations.get().organisation
    actions.reply_to_invitation(actor=cast["asia"], meeting=meeting, answer="no", organisation=organisation)
    tell_later()
    assert told() == {cast["industry"].email}
    with pytest.raises(ActionRefused, match="replied in the meantime"):
        write(rapporteur, meeting, cast["asia"])


def test_message_sent_twice_is_one(meeting, cast, rapporteur):
    token = uuid.uuid4()
    first = write(rapporteur, meeting, cast["asia"], token=token)
    assert write(rapporteur, meeting, cast["asia"], token=token) == first


def test_only_those_who_prepare_the_meeting_write(client, meeting, cast, member):
    with pytest.raises(PermissionDenied):
        write(member, meeting, cast["asia"])
    client.force_login(member)
    assert client.get(path_of(meeting)).status_code == 403


def test_nobody_is_written_to_about_a_cancelled_meeting(meeting, cast, rapporteur):
    write(rapporteur, meeting, cast["asia"])
    actions.cancel_meeting(actor=rapporteur, meeting=meeting, reason="The chair is ill.")
    tell_later()
    assert told() == set()
    with pytest.raises(ActionRefused, match="before it starts"):
        write(rapporteur, meeting, cast["asia"])


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_and_three_members(
    client, meeting, cast, rapporteur, django_assert_num_queries, number
):
    for each in range(number):
        add_member(meeting.coalition, f"Member {each}", "grulac")
    client.force_login(rapporteur)
    client.get(path_of(meeting))
    with django_assert_num_queries(9):
        client.get(path_of(meeting))
