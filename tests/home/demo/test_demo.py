"""The demo is made by the software itself, and its report says everything that the report of Sharm El Sheikh says."""

import pytest
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, AreaOfWork, Coalition, Membership, Organisation
from jukwaa.core.dates import format_month
from jukwaa.core.documents.outgoing import to_text
from jukwaa.home.demo import DEMO_COALITION_SLUG, list_demo_people
from jukwaa.meetings.models import Attendance, Commitment, Entry, Meeting
from jukwaa.meetings.report import REPORT_FORMATS_BY_NAME, build_report_document, compose_meeting_report
from jukwaa.records.kinds import record_kind_registry
from jukwaa.records.models import Record, Source

# Each fact of the seed, in the order in which it states them.
REPORTED_FACTS = [
    # attendance
    "Members of the Dynamic Coalition on Child Online Safety",
    "Attending for the first time: NSPCC and Representative of Mauritius government delegate",
    "A new member joined: ITU representatives",
    # the ITU
    "The session started with a presentation from the ITU, the new member of the coalition",
    "presented its COP initiative",
    "The idea of COP, and how it can link with the work of the coalition, was presented",
    "Four guidelines that were created under the initiative were presented to the members",
    "Possible inputs to the four guidelines were requested from the members",
    "The ITU offered to provide technical solutions to the coalition if such need arose",
    # Safer Internet Day
    "The INSAFE network announced the upcoming Safer Internet Day",
    "invited the other members to take part in Safer Internet Day and contribute with their expertise",
    "Positive feedback was received from the other members who had earlier participated in the event",
    # the next forum
    "ECPAT International chaired the session",
    "ECPAT International, the chair of the coalition, proposed to start working on the agenda items of the next IGF",
    "invited the members to throw in their ideas as to how the session at the next IGF could benefit",
    "some concrete outcomes, such as toolkits and guidelines that could be used by members",
    "to advance the work on child protection online",
    "The Brazilian members had worked on developing specific guidelines on working with ISPs",
    "The Brazilian guidelines on working with ISPs could be shared with other members",
    # the private sector
    "Private sector involvement was sought eagerly by the chair",
    "The representative from Family Online Safety seconded this",
    "the private sector is more than happy at the moment to advance the work on child safety",
    "work in collaboration with the other stakeholders",
    "It is important to shape the nature of the collaboration and have clear ideas at the start",
    "what the collaboration would be based on and the deliverables and outcome of such joint work",
    # areas of work
    "The members shared some of the key areas of work that they were involved in",
    "education and awareness building",
    "working with the law enforcement",
    "policy making",
    "working directly with children who are affected by the exploitation carried out through the internet",
    "how those efforts could be enhanced by bringing learning from other regions",
    # Mauritius
    "The representative of Mauritius shared interest in the work done by the coalition at the IGF",
    "The government of Mauritius was planning for an event",
    "a discussion on child safety issues and ways of incorporating such mechanisms in their national plan",
    # regions
    "Members of the coalition expressed strong desire to expand the work in other regions",
    "Predominantly the western countries were represented in the coalition",
    "The groups should start focusing on the event in Kenya in two years' time",
    "connect to agencies in such countries",
    "start identifying issues that are relevant in such regions",
    "bring them to the forefront during the IGF in Africa",
    "The dynamic coalition should go beyond the workshops convened at the IGF",
    "bring critical thinking and analytical observations from the regional work to an international platform",
    "allow the policy makers to be aware of such issues and design relevant policies",
    "implement suitable measures in consultation with international experts",
    # what was agreed
    "It was agreed that the members would continue to share information within themselves",
    "including good practices, models and case studies",
    "keep each other updated on any new initiatives",
    "The members expressed strong desire to convene again at the next year's workshop",
    "with specific topics of discussion",
    "present key findings in their work at the next IGF",
    "The coordinator of the coalition will submit the proposal on behalf of the coalition",
    "communicate with the IGF secretariat about such workshop agenda",
    # where
    "Sharm El Sheikh",
    "Internet Governance Forum",
]


@pytest.fixture
def demo_report(demo_coalition, db):
    meeting = Meeting.objects.get(title="Sharm El Sheikh, 2009")
    return " ".join(
        to_text(build_report_document(compose_meeting_report(meeting), REPORT_FORMATS_BY_NAME["own"])).split()
    )


@pytest.mark.parametrize("reported_fact", REPORTED_FACTS)
def test_sharm_el_sheikh_report_states_fact(demo_report, reported_fact):
    assert reported_fact in demo_report


def test_every_entry_of_2009_meeting_links_to_its_sentence(demo_coalition, db):
    entries = Entry.objects.filter(meeting__title="Sharm El Sheikh, 2009")
    traced = Source.objects.filter(record__in=entries).select_related("document")

    assert {source.record_id for source in traced} == {entry.pk for entry in entries}
    assert [s for s in traced if s.document.text[s.start : s.end] != s.quote] == []


def test_attendance_of_2009_has_capacities_of_that_day(demo_coalition, db):
    rows = Attendance.objects.filter(meeting__title="Sharm El Sheikh, 2009").select_related("capacity__organisation")

    assert {(str(row.capacity.organisation or row.capacity), row.came_as, row.is_chair) for row in rows} == {
        ("Members of the Dynamic Coalition on Child Online Safety", "member", False),
        ("National Society for the Prevention of Cruelty to Children", "new-attendee", False),
        ("Government of Mauritius", "new-attendee", False),
        ("International Telecommunication Union", "new-member", False),
        ("ECPAT International", "member", True),
        ("Insafe", "member", False),
        ("Family Online Safety Institute", "member", False),
        ("Brazilian members", "member", False),
    }


def test_organisation_page_dates_statements_by_meeting(demo_coalition, db, client):
    insafe = Organisation.objects.get(name="Insafe")
    spoken = client.get(insafe.get_absolute_url()).text.partition('id="spoke"')[2].partition("</section>")[0]

    assert "November 2009" in spoken
    assert format_month(timezone.localdate()) not in spoken


def test_record_has_no_date_if_sentence_has_none(demo_coalition, db):
    commitments = Commitment.objects.filter(entry__meeting__title="Sharm El Sheikh, 2009")

    assert {(str(c.owner), c.due_on, c.progress) for c in commitments} == {
        ("Members of the Dynamic Coalition on Child Online Safety", None, "open"),
        ("The coordinator of the coalition", None, "open"),
    }


def test_itu_became_member_at_2009_meeting(demo_coalition, db):
    membership = Membership.objects.get(organisation__acronym="ITU")

    assert (membership.standing, str(membership.starts_on)) == ("active", "2009-11-01")


def test_public_facts_are_shown_with_2009_meeting(demo_coalition, db):
    assert Meeting.objects.filter(starts_on__lt=timezone.localdate()).exclude(is_example=True).count() == 5
    assert Coalition.objects.get(slug=DEMO_COALITION_SLUG).names.count() == 2
    assert dict(AreaOfWork.objects.values_list("scheme").order_by("scheme").annotate(n=Count("pk"))) == {
        "audience": 4,
        "coalition": 4,
        "itu-cop": 5,
    }
    assert Organisation.objects.filter(name="Alannah & Madeline Foundation", memberships__standing="active").exists()


def test_demo_people_are_fictional_and_unreachable(demo_coalition, db):
    assert {title for title, _ in list_demo_people()} == {
        "coordinator",
        "rapporteur",
        "safeguarding lead",
        "member of ECPAT International",
        "member from the ITU",
        "delegate of Mauritius",
        "member of a made-up helpline",
        "representative of a company",
        "representative of a regulator",
        "planner of an example island state",
        "newcomer",
    }
    assert [p for p in Person.objects.all() if not p.email.endswith("@demo.example")] == []


def test_demo_was_created_by_actions_with_activities(demo_coalition, db):
    verbs = set(Activity.objects.values_list("verb", flat=True))

    assert verbs >= {"founded", "added", "decided", "entered", "published"}


def test_demo_home_page_shows_agreements(demo_coalition, db, client):
    page = client.get(reverse("home:front", args=[DEMO_COALITION_SLUG])).text
    agreed = client.get(reverse("meetings:agreed", args=[DEMO_COALITION_SLUG])).text

    assert "The guidelines on reporting will be translated into Arabic." not in page  # it is made up
    assert page.count("Sharm El Sheikh, 2009") >= 2
    assert "It was agreed that the members would continue to share information" in agreed
    assert "Sharm El Sheikh, 2009" in agreed


def test_demo_has_every_kind_of_record(demo_coalition, db):
    there = set(Record.objects.values_list("kind", flat=True))

    # Members make collections; the brief of the demo is in preparation, and becomes an item once it is published.
    assert set(record_kind_registry) - there == {"collection", "brief"}
