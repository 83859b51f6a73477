"""Key findings of a year: chosen from its records, tied to them, published, and suggested for the next agenda."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.agenda_suggestions import find_agenda_suggestions
from jukwaa.meetings.findings import find_source_groups
from jukwaa.meetings.models import Entry, KeyFinding, Meeting
from jukwaa.records import index
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Label
from tests.factories import AttendanceFactory, EntryFactory, MeetingFactory, OrganisationFactory, PartFactory
from tests.meetings.findings import KeyFindingFactory


@pytest.fixture
def meeting(coalition) -> Meeting:
    return MeetingFactory(coalition=coalition, title="Session of 2011", starts_on=date(2011, 9, 27), published=True)


@pytest.fixture
def decision(coalition, meeting):
    return EntryFactory(coalition=coalition, meeting=meeting, kind="decision", title="Share data", published=True)


@pytest.fixture
def post_finding_form(client, coalition, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:finding_new", args=[coalition.slug, 2011])

    def post_one_finding(sources, **more):
        usual = {"title": "Helplines need shared data.", "summary": "", "label": "TLP:CLEAR", "version": 0}
        return client.post(url, usual | {"sources": [record.pk for record in sources]} | more)

    return post_one_finding


def get_year_page(client, coalition):
    return client.get(reverse("meetings:finding_year", args=[coalition.slug, 2011])).text


def test_records_of_year_are_offered(coalition, meeting, decision, rapporteur):
    observation = EntryFactory(coalition=coalition, meeting=meeting, kind="observation", published=True)
    EntryFactory(coalition=coalition, meeting=meeting, kind="offer", published=True)
    later = MeetingFactory(coalition=coalition, starts_on=date(2012, 1, 1), published=True)
    EntryFactory(coalition=coalition, meeting=later, kind="decision", published=True)

    groups = find_source_groups(rapporteur, coalition, 2011)

    assert [(group.key, [record.pk for record in group.records]) for group in groups] == [
        ("decisions", [decision.pk]),
        ("observations", [observation.pk]),
    ]


def test_published_finding_is_public_with_sources(client, post_finding_form, coalition, decision):
    assert post_finding_form([decision]).status_code == 302
    client.logout()
    assert "Helplines need shared data." not in get_year_page(client, coalition)

    finding = KeyFinding.objects.get()
    client.force_login(finding.authorships.get().person)
    client.post(reverse("meetings:finding_publish", args=[coalition.slug, 2011]))
    client.logout()
    page = get_year_page(client, coalition)
    assert "Helplines need shared data." in page
    assert decision.get_absolute_url() in page
    assert "Share data" in client.get(finding.get_absolute_url()).text
    assert [
        hit.record.pk for hit in index.search_records(coalition, finding.authorships.get().person, "shared data").hits
    ]


@pytest.mark.parametrize(
    ("tlp_label", "expected_sentence"),
    [
        (Label.GREEN, "Only members can read one of these records. Remove that record, or choose “Members”."),
        (Label.AMBER, "Only some people can read one of these records. Remove that record."),
    ],
)
def test_public_finding_needs_public_sources(post_finding_form, coalition, rapporteur, tlp_label, expected_sentence):
    meeting = MeetingFactory(
        coalition=coalition, starts_on=date(2011, 3, 1), label=tlp_label, published=True, author=rapporteur
    )
    entry = EntryFactory(
        coalition=coalition, meeting=meeting, kind="decision", label=tlp_label, published=True, author=rapporteur
    )
    page = post_finding_form([entry])

    assert page.status_code == 422
    assert page.context["form"].errors["sources"] == [expected_sentence]
    assert not KeyFinding.objects.exists()


def test_finding_needs_a_source(post_finding_form):
    assert post_finding_form([]).context["form"].errors["sources"] == [
        "Select at least one record that the finding is based on."
    ]


def test_finding_omits_chatham_house_speakers(post_finding_form, coalition, meeting):
    part = PartFactory(meeting=meeting, chatham=True)
    organisation = OrganisationFactory(coalition=coalition, name="Helpline Uganda")
    AttendanceFactory(meeting=meeting, capacity__organisation=organisation, capacity__name="Helpline Uganda")
    entry = EntryFactory(coalition=coalition, meeting=meeting, part=part, kind="decision", published=True)
    page = post_finding_form([entry], title="Helpline Uganda said it needs data.")

    assert page.status_code == 422
    assert not KeyFinding.objects.exists()


def test_withdrawn_source_is_hidden(client, post_finding_form, coalition, decision, coordinator):
    post_finding_form([decision])
    client.post(reverse("meetings:finding_publish", args=[coalition.slug, 2011]))
    withdraw_record(actor=coordinator, record=decision, reason="It was a mistake.")

    assert "Share data" not in get_year_page(client, coalition)
    assert "Share data" not in client.get(KeyFinding.objects.get().get_absolute_url()).text


def test_edited_finding_keeps_other_sources(client, post_finding_form, coalition, meeting, decision):
    other = EntryFactory(coalition=coalition, meeting=meeting, kind="decision", title="Meet again", published=True)
    post_finding_form([decision])
    finding = KeyFinding.objects.get()
    url = reverse("meetings:finding_edit", args=[coalition.slug, finding.pk])
    form = client.get(url).context["form"]
    assert form["sources"].value() == [str(decision.pk)]

    words = {"title": "Better.", "summary": "Because.", "label": "TLP:CLEAR", "version": finding.version}
    client.post(url, words | {"sources": [decision.pk, other.pk]})
    finding.refresh_from_db()
    assert (finding.title, finding.based_on.count()) == ("Better.", 2)


def test_edit_keeps_sources_unreadable_to_editor(client, post_finding_form, coalition, meeting, decision):
    closed = EntryFactory(coalition=coalition, meeting=meeting, kind="decision", title="Closed", published=True)
    post_finding_form([decision, closed])
    Entry.objects.filter(pk=closed.pk).update(label=Label.AMBER)
    finding = KeyFinding.objects.get()
    edit = reverse("meetings:finding_edit", args=[coalition.slug, finding.pk])
    changes = {"title": "Changed", "summary": "", "label": "TLP:CLEAR", "version": finding.version}
    assert client.post(edit, changes | {"sources": [decision.pk]}).status_code == 302

    assert set(finding.finding_sources.values_list("record", flat=True)) == {decision.pk, closed.pk}


def test_published_finding_is_suggested_until_on_an_agenda(coalition, rapporteur):
    finding = KeyFindingFactory(coalition=coalition, title="Share data.", year=2011, published=True)
    KeyFindingFactory(coalition=coalition, title="A draft.", year=2011)
    coming = MeetingFactory(coalition=coalition, published=True)
    standing = Standing(rapporteur, coalition)
    suggested = [
        (row.title, row.reason) for row in find_agenda_suggestions(coming, standing) if row.key.startswith("finding")
    ]
    assert suggested == [("Share data.", "Key finding of 2011")]

    PartFactory(meeting=coming, about=finding)
    later = MeetingFactory(coalition=coalition, published=True)
    assert not [row for row in find_agenda_suggestions(later, standing) if row.key.startswith("finding")]


def test_member_cannot_write_findings(client, coalition, member):
    client.force_login(member)

    assert client.get(reverse("meetings:finding_new", args=[coalition.slug, 2011])).status_code == 403
    assert client.post(reverse("meetings:finding_publish", args=[coalition.slug, 2011])).status_code == 403


def test_year_out_of_range_is_not_found(client, coalition):
    assert client.get(reverse("meetings:finding_year", args=[coalition.slug, 12])).status_code == 404


@pytest.mark.parametrize("row_count", [1, 3])
def test_year_page_query_count_is_constant(client, coalition, member, decision, row_count, django_assert_num_queries):
    for _each in range(row_count):
        finding = KeyFindingFactory(coalition=coalition, year=2011, published=True)
        finding.based_on.add(decision)
    client.force_login(member)
    get_year_page(client, coalition)

    with django_assert_num_queries(7):
        get_year_page(client, coalition)
