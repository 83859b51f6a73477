"""Visitors read the organisation of a speaker or an owner, never the name of a person who has not made it public."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.actions import update_settings
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.written_names import WrittenNames
from jukwaa.meetings import actions
from jukwaa.meetings.actions.agenda import add_agenda_item
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.models import Entry
from jukwaa.meetings.report.report_sentences import describe_commitment_entry
from tests.conftest import create_seated_person
from tests.factories import AffiliationFactory, MeetingFactory, OrganisationFactory
from tests.meetings.public_sources import create_public_entry_source

PERSON_NAME = "Byron Chajónez"
NAME_OF_NOBODY = "Griet"
SPEAKER_NAME = "Otávio Pimentinha"


@pytest.fixture
def red_farolito(coalition):
    return OrganisationFactory(coalition=coalition, name="Red Farolito", acronym="RF")


@pytest.fixture
def entries(coalition, meeting, rapporteur, red_farolito):
    """Commitments of a public report, in which people and organisations are named as its author wrote them."""
    owners = [(PERSON_NAME, red_farolito), (NAME_OF_NOBODY, None), ("RF", red_farolito), ("Kenya", None)]
    return [
        actions.record_entry(
            actor=rapporteur,
            meeting=meeting,
            kind="commitment",
            text=f"The country sheets will be ready, part {number}.",
            owner=owner,
            speakers=[(SPEAKER_NAME, red_farolito)],
            sources=create_public_entry_source(coalition),
        )
        for number, owner in enumerate(owners)
    ]


def list_public_urls(entries):
    meeting = entries[0].meeting
    return [
        *[entry.get_absolute_url() for entry in entries],
        meeting.get_absolute_url(),
        *[reverse(f"meetings:{name}", args=["ours"]) for name in ("agreed", "commitment_list", "meeting_list")],
        *[reverse("search:search", args=["ours"]) + f"?q={word}" for word in ("country", "sheets")],
        *[reverse("records:history", args=["ours", entry.pk]) for entry in entries],
        reverse("exchange:feed", args=["ours", "agreed"]),
        *[reverse("exchange:list_file", args=["ours", name, "csv"]) for name in ("agreed", "commitments")],
        reverse("home:front", args=["ours"]),
    ]


def read_pages(client, urls):
    responses = [client.get(url) for url in urls]
    assert {response.status_code for response in responses} == {200}
    texts = [(b"".join(r) if r.streaming else r.content).decode() for r in responses]
    return "\n".join(texts)


def test_visitors_read_organisation_instead_of_owner_and_speaker(client, entries):
    shown = read_pages(client, list_public_urls(entries))
    for name in ("Byron Chaj", "Griet<", "Griet,", "Pimentinha"):
        assert name not in shown
    for name in ("Red Farolito", "RF", "Kenya", "a participant"):
        assert name in shown


def test_members_read_names_as_written(client, coalition, entries):
    client.force_login(create_seated_person(coalition, "A Member"))
    shown = read_pages(client, list_public_urls(entries))
    for name in (PERSON_NAME, NAME_OF_NOBODY, SPEAKER_NAME):
        assert name in shown


def test_visitors_read_names_that_people_made_public(client, entries, red_farolito):
    person = AffiliationFactory(organisation=red_farolito, person__name=PERSON_NAME).person
    urls = list_public_urls(entries)[:1]
    assert PERSON_NAME not in read_pages(client, urls)
    update_settings(person=person, changes={"name_is_public": True})
    assert PERSON_NAME in read_pages(client, urls)
    namesake = AffiliationFactory(organisation=red_farolito, person__name=PERSON_NAME).person
    update_settings(person=namesake, changes={"name_is_public": False})
    assert PERSON_NAME not in read_pages(client, urls)  # another person of this name has not


def test_visitors_cannot_find_commitments_by_names_of_owners(client, coalition, entries):
    urls = [reverse(f"meetings:{name}", args=["ours"]) for name in ("agreed", "commitment_list")]
    urls += [reverse("exchange:list_file", args=["ours", name, "csv"]) for name in ("agreed", "commitments")]
    for owner, finds in (("Byron", False), ("Griet", False), ("farolito", True)):
        for url in urls:
            assert ("The country sheets" in read_pages(client, [f"{url}?owner={owner}"])) is finds
    client.force_login(create_seated_person(coalition, "A Member"))
    for url in urls:
        assert "The country sheets" in read_pages(client, [f"{url}?owner=Byron"])


def test_earlier_name_of_organisation_stays_as_written(client, coalition, meeting, rapporteur, red_farolito):
    red_farolito.names.create(name="SOS Gaivota")
    voice = [("SOS Gaivota", red_farolito)]
    actions.record_entry(actor=rapporteur, meeting=meeting, kind="observation", text="It works.", speakers=voice)
    assert "SOS Gaivota" in read_pages(client, [meeting.get_absolute_url()])


def test_report_names_organisation_of_owner(entries):
    entry = Entry.objects.get(pk=entries[0].pk)
    sentence = describe_commitment_entry(entry, WrittenNames(entry.coalition_id))
    assert "Responsible: Red Farolito." in sentence
    assert "Byron" not in sentence


def read_contributions(client, organisation):
    """Return the names of an organisation on its page with their number of contributions."""
    page = read_pages(client, [reverse("coalitions:organisation_detail", args=["ours", organisation.pk])])
    section = page.partition('id="spoke"')[2].partition("</section>")[0]
    rows = re.findall(r'<bdi>(.*?)</bdi>.*?<span class="soft">(\d+) contrib', section)
    return [(name, int(count)) for name, count in rows]


def test_page_of_organisation_joins_names_for_visitors(client, coalition, entries, red_farolito):
    assert read_contributions(client, red_farolito) == [("Red Farolito", 2), ("RF", 1)]
    client.force_login(create_seated_person(coalition, "A Member"))
    assert read_contributions(client, red_farolito) == [(PERSON_NAME, 1), (SPEAKER_NAME, 1), ("RF", 1)]


def test_attendance_names_organisation_to_visitors(client, coalition, meeting, rapporteur, red_farolito):
    for name, organisation in ((PERSON_NAME, red_farolito), (NAME_OF_NOBODY, None)):
        actions.record_attendance(
            actor=rapporteur, meeting=meeting, name=name, organisation=organisation, came_as="member"
        )
    actions.record_attendance(actor=rapporteur, meeting=meeting, name="Twelve pupils", came_as="member", is_group=True)
    table = read_pages(client, [meeting.get_absolute_url()]).partition("<caption")[2].partition("</table>")[0]
    assert "Byron" not in table
    assert NAME_OF_NOBODY not in table
    assert table.count("Red Farolito") == 1
    assert "Twelve pupils" in table


def test_agenda_names_organisation_of_presenter_to_visitors(client, coalition, coordinator, red_farolito):
    tie = AffiliationFactory(organisation=red_farolito, person__name=PERSON_NAME, person__name_is_public=False)
    meeting = MeetingFactory(coalition=coalition, starts_on=timezone.localdate() + timedelta(days=9), published=True)
    add_agenda_item(actor=coordinator, meeting=meeting, title="Map", presenter=(tie.person.name, None))
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    shown = read_pages(client, [reverse("meetings:agenda_detail", args=["ours", meeting.pk])])
    assert "Red Farolito" in shown
    assert "a person" not in shown
    assert "Byron" not in shown


@pytest.mark.parametrize(
    ("written_name", "shown"), [("A teacher from Mombasa", "A teacher from Mombasa"), ("A. Lopes", "")]
)
def test_description_of_person_without_organisation_is_shown(coalition, written_name, shown):
    written = Capacity(coalition=coalition, name=written_name)
    assert get_display_name(written, None) == (shown or "a participant")


@pytest.mark.parametrize(
    ("written_name", "is_shown"),
    [
        *(
            (name, False)
            for name in ("Jordan", "Georgia", "CHAD", "Dominique", "Maurice, secretary", "Germán", "A. Lopes")
        ),
        *((name, True) for name in ("Kenya", "El Salvador", "The representative of Jordan", "Government of Georgia")),
    ],
)
def test_first_name_that_is_a_country_is_hidden(coalition, red_farolito, written_name, is_shown):
    for organisation, instead in ((None, "a participant"), (red_farolito, red_farolito.name)):
        written = Capacity(coalition=coalition, organisation=organisation, name=written_name)
        assert get_display_name(written, None) == (written_name if is_shown else instead)
