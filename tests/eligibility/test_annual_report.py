"""The annual report: drafted, edited without losing anything, published, submitted; who reads it and who is named."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Coalition
from jukwaa.core.documents.outgoing import to_text
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.drafting.models import Edition
from jukwaa.eligibility.annual_report import actions
from jukwaa.eligibility.annual_report.composition import compose_report_sections
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.report_document import build_report_document
from jukwaa.eligibility.annual_report.report_facts import MAX_LISTED_RECORDS
from jukwaa.eligibility.demo import add_annual_report
from jukwaa.eligibility.models import AnnualReport
from jukwaa.mail.models import Message
from jukwaa.records.actions import redact_names_in_record
from jukwaa.records.demo_parts import Demo
from jukwaa.records.models import Label
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import EmailTopic, MailChoice
from tests.eligibility.annual_world import REPORT_YEAR, AnnualWorld
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    CommitmentFactory,
    DissentFactory,
    DocumentFactory,
    EntryFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    PartFactory,
    PersonFactory,
    RoleFactory,
    TextFactory,
)

TODAY = timezone.localdate()
FIRST_OF_MAY = date(REPORT_YEAR, 5, 1)


def build_annual_url(route_name, *args, year=REPORT_YEAR):
    return reverse(f"eligibility:annual_{route_name}", args=["ours", year, *args])


def create_past_meeting(coalition, **more):
    return MeetingFactory(**{"coalition": coalition, "published": True, "starts_on": FIRST_OF_MAY} | more)


def compose_annual_report(coalition, year=REPORT_YEAR):
    report = AnnualReport.objects.filter(coalition=coalition, year=year).first()
    return compose_report_sections(ReportPeriod.of_year(coalition, year, TODAY), report.edits if report else {})


def get_report_text(coalition, year=REPORT_YEAR):
    report = AnnualReport.objects.filter(coalition=coalition, year=year).first()
    report = report or AnnualReport(coalition=coalition, year=year)
    return " ".join(to_text(build_report_document(compose_annual_report(coalition, year), report)).split())


def edit_report_section(actor, coalition, text, section_key="meetings", seen_version=0):
    return actions.edit_report_section(
        actor=actor, coalition=coalition, year=REPORT_YEAR, section_key=section_key, text=text, version=seen_version
    )


def test_empty_year_is_reported_in_one_sentence(coalition):
    Coalition.objects.filter(pk=coalition.pk).update(forum="Internet Governance Forum")
    text = get_report_text(coalition, 1999)

    assert "from 1 January 1999 to 31 December 1999" in text
    assert "The record shows no activity by the coalition in this period." in text
    assert "Meetings" not in text


def test_report_describes_year_in_sentences_with_numbers(coalition):
    meeting = create_past_meeting(coalition, title="Call of May")
    decision = EntryFactory(coalition=coalition, meeting=meeting, title="To share findings", published=True)
    body = OrganisationFactory(coalition=coalition, name="Body A")
    speaker = CapacityFactory(coalition=coalition, name="Body A", organisation=body)
    DissentFactory(entry=decision, capacity=speaker, kind="objected", statement="It goes too far.")

    text = get_report_text(coalition)
    assert "The coalition held 1 meeting." in text
    assert "Dissent is recorded for 1 decision." in text
    assert f"Body A objected to the decision “{decision.text.rstrip('.')}”. “It goes too far.”" in text
    assert "To share findings" in text


def test_page_shows_the_first_statements_of_dissent_and_files_all(client, coalition):
    meeting = create_past_meeting(coalition)
    decision = EntryFactory(coalition=coalition, meeting=meeting, published=True)
    for number in range(MAX_LISTED_RECORDS + 1):
        speaker = CapacityFactory(coalition=coalition, name=f"Body {number}")
        DissentFactory(entry=decision, capacity=speaker, statement=f"Reason {number}.")
    AnnualReport.objects.create(coalition=coalition, year=REPORT_YEAR, published_at=timezone.now())

    page = client.get(build_annual_url("detail")).text
    assert f"Reason {MAX_LISTED_RECORDS - 1}." in page
    assert f"Reason {MAX_LISTED_RECORDS}." not in page
    assert build_annual_url("records", "decisions-with-dissent") in page
    assert "files of this report contain all statements of dissent" in page
    assert f"Reason {MAX_LISTED_RECORDS}." in get_report_text(coalition)


def test_confidential_dissent_is_counted_but_not_quoted(coalition):
    meeting = create_past_meeting(coalition)
    part = PartFactory(meeting=meeting, chatham=True)
    closed = EntryFactory(coalition=coalition, meeting=meeting, part=part, published=True)
    DissentFactory(entry=closed, capacity=CapacityFactory(coalition=coalition, name="Body C"), statement="Hidden words")
    minor = CapacityFactory(
        coalition=coalition, name="Young Person", person=PersonFactory(is_minor=True, adult_contact=PersonFactory())
    )
    opened = EntryFactory(coalition=coalition, meeting=meeting, published=True)
    DissentFactory(entry=opened, capacity=minor, statement="Young words")

    text = get_report_text(coalition)
    assert "2 decisions" in text
    assert not [word for word in ("Body C", "Hidden words", "Young") if word in text]


def test_late_commitments_are_reported_as_open(coalition):
    meeting = create_past_meeting(coalition)
    entry = EntryFactory(coalition=coalition, meeting=meeting, kind="commitment", published=True)
    CommitmentFactory(entry=entry, due_on=FIRST_OF_MAY)

    assert "1 commitment is open." in get_report_text(coalition)
    assert "late" not in get_report_text(coalition).replace("later", "")


def test_only_current_coordinators_with_public_name_are_named(coalition):
    names = {
        "Public Person": {"name_is_public": True},
        "Private Person": {"name_is_public": False},
        "Former Person": {"name_is_public": True, "former_in": [coalition.pk]},
        "Young Person": {"is_minor": True, "adult_contact": PersonFactory()},
    }
    for name, more in names.items():
        RoleFactory(coalition=coalition, person=PersonFactory(name=name, **more))

    text = get_report_text(coalition)
    assert "The coalition had 4 coordinators. Coordinators who agreed to be named in public: Public Person." in text
    assert [name for name in names if name in text] == ["Public Person"]


def test_small_number_of_individual_members_is_not_exact(coalition):
    MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(name="Private Person"))

    assert "Individual members: fewer than 5; none joined and none left." in get_report_text(coalition)


def test_edited_section_keeps_text_and_updates_numbers(coalition, rapporteur):
    create_past_meeting(coalition)
    edit_report_section(rapporteur, coalition, "We met often: [meetings: 1] times.")
    create_past_meeting(coalition)
    Coalition.objects.increment_revision([coalition.pk])  # as every action does
    coalition.refresh_from_db()

    section = compose_annual_report(coalition).get_section("meetings")
    assert "We met often: 2 times." in get_report_text(coalition)
    assert (section.paragraph.is_edited, section.paragraph.is_outdated) == (True, True)
    assert section.paragraph.generated == "The coalition held [meetings: 2] meetings."


def test_restoring_draft_discards_edit(coalition, rapporteur):
    create_past_meeting(coalition)
    draft = compose_annual_report(coalition).get_section("meetings").paragraph.generated
    edit_report_section(rapporteur, coalition, "We met.")
    edit_report_section(rapporteur, coalition, draft, seen_version=1)
    assert AnnualReport.objects.get().edits == {}
    edit_report_section(rapporteur, coalition, "We met.", seen_version=2)
    restore = {"actor": rapporteur, "coalition": coalition, "year": REPORT_YEAR, "key": "meetings"}
    for _press in range(2):
        actions.restore_report_section(**restore)
    assert (AnnualReport.objects.get().edits, AnnualReport.objects.get().version) == ({}, 4)


def test_edited_name_is_omitted_once_no_longer_public(coalition, rapporteur):
    person = PersonFactory(name="Public Person", name_is_public=True)
    RoleFactory(coalition=coalition, person=person)
    edit_report_section(rapporteur, coalition, "Public Person coordinated.", section_key="period")
    assert "Public Person coordinated." in get_report_text(coalition)

    person.name_is_public = False
    person.save()
    assert "Public Person" not in get_report_text(coalition)
    assert compose_annual_report(coalition).get_section("period").paragraph.is_left_out


def test_edited_name_is_omitted_after_change_of_coordinator(coalition, rapporteur):
    person = PersonFactory(name="Public Person", name_is_public=True)
    RoleFactory(coalition=coalition, person=person)
    edit_report_section(rapporteur, coalition, "Public Person coordinated.", section_key="period")
    RoleFactory(coalition=coalition, person=PersonFactory(name="Other Person", name_is_public=True))
    assert "Public Person coordinated." in get_report_text(coalition)

    person.name_is_public = False
    person.save()
    assert "Public Person" not in get_report_text(coalition)


def test_redaction_of_record_redacts_edited_sections(coalition, other_coalition, rapporteur, coordinator):
    document = DocumentFactory(coalition=coalition, text="Maria Testova opened.", published=True)
    edit_report_section(rapporteur, coalition, "Maria Testova opened.")
    edits = {"meetings": {"text": "Maria Testova closed.", "basis": "", "covers": []}}
    AnnualReport.objects.create(coalition=other_coalition, year=REPORT_YEAR, edits=edits)
    redact_names_in_record(actor=coordinator, record=document, names=["Maria Testova"])

    report = AnnualReport.objects.get(coalition=coalition)
    assert (report.edits["meetings"]["text"], report.version) == ("[name removed] opened.", 2)
    assert AnnualReport.objects.get(coalition=other_coalition).edits == edits
    with pytest.raises(EditConflict):
        edit_report_section(rapporteur, coalition, "Maria Testova opened the year.", seen_version=1)


def test_key_messages_are_entered_one_per_line(coalition, rapporteur):
    edit_report_section(rapporteur, coalition, "- Share more\r\n\r\n* Meet less", section_key="messages")

    assert "- Share more - Meet less" in get_report_text(coalition)


def test_unknown_statistic_in_text_is_refused(coalition, rapporteur, client):
    create_past_meeting(coalition)
    with pytest.raises(ActionRefused, match="The report has no number with this name"):
        edit_report_section(rapporteur, coalition, "We met [meeting: 1] times.")
    client.force_login(rapporteur)
    sent = {"text": "We met [meeting: 1] times.", "version": 0}
    response = client.post(build_annual_url("section_edit", "meetings"), sent)

    assert (response.status_code, AnnualReport.objects.count()) == (422, 0)
    assert "We met [meeting: 1] times." in response.text


def test_brackets_that_name_no_statistic_are_kept(coalition, rapporteur):
    create_past_meeting(coalition)
    edit_report_section(rapporteur, coalition, "See [Name] and [see: below, [1].")

    with pytest.raises(ActionRefused):
        edit_report_section(rapporteur, coalition, "See [see: below].", seen_version=1)
    assert "See [Name] and [see: below, [1]." in get_report_text(coalition)


def test_same_text_is_saved_once_and_stale_edit_conflicts(coalition, rapporteur, client):
    create_past_meeting(coalition)
    for _press in range(2):
        edit_report_section(rapporteur, coalition, "We met.")
    assert AnnualReport.objects.get().version == 1
    with pytest.raises(EditConflict):
        edit_report_section(rapporteur, coalition, "We did not meet.")
    client.force_login(rapporteur)
    response = client.post(build_annual_url("section_edit", "meetings"), {"text": "We did not meet.", "version": 0})

    assert response.status_code == 409
    assert "We did not meet." in response.text
    assert "We met." in response.text


def test_draft_is_visible_to_members_and_published_report_to_all(client, coalition, member, outsider, rapporteur):
    pages = [build_annual_url("detail"), build_annual_url("file", "epub"), build_annual_url("records", "meetings")]

    def get_page_statuses(person):
        client.logout() if person is None else client.force_login(person)
        return {client.get(page).status_code for page in pages}

    assert [get_page_statuses(person) for person in (None, outsider, member)] == [{404}, {404}, {200}]
    actions.publish_annual_report(actor=rapporteur, coalition=coalition, year=REPORT_YEAR)
    assert [get_page_statuses(person) for person in (None, outsider, member)] == [{200}, {200}, {200}]
    actions.unpublish_annual_report(actor=rapporteur, coalition=coalition, year=REPORT_YEAR)
    assert get_page_statuses(None) == {404}


def test_only_minutes_editors_can_edit_report(client, coalition, member):
    client.force_login(member)
    gets = [build_annual_url("edit"), build_annual_url("section_edit", "period"), build_annual_url("submission")]
    posts = [
        *gets[1:],
        build_annual_url("publish"),
        build_annual_url("unpublish"),
        build_annual_url("section_restore", "period"),
    ]

    assert {client.get(page).status_code for page in gets} == {403}
    assert {client.post(page).status_code for page in posts} == {403}
    for do in (actions.publish_annual_report, actions.unpublish_annual_report):
        with pytest.raises(PermissionDenied):
            do(actor=member, coalition=coalition, year=REPORT_YEAR)
    with pytest.raises(PermissionDenied):
        edit_report_section(member, coalition, "Mine")
    assert not AnnualReport.objects.exists()


def test_draft_report_is_marked_as_draft(coalition, rapporteur):
    assert get_report_text(coalition).lstrip().startswith(str(Label.GREEN))
    assert "Draft of a report, not published: Our Coalition" in get_report_text(coalition)
    actions.publish_annual_report(actor=rapporteur, coalition=coalition, year=REPORT_YEAR)
    assert "Draft of a report" not in get_report_text(coalition)


def test_invalid_report_years_are_not_found(client, member):
    client.force_login(member)

    assert [
        client.get(build_annual_url("detail", year=year)).status_code
        for year in (1979, 1980, TODAY.year, TODAY.year + 1)
    ] == [
        404,
        200,
        200,
        404,
    ]
    unknown = ["?by=group&value=nobody", "?by=age&value=old", "?by=group"]
    assert {client.get(build_annual_url("records", "members") + query).status_code for query in unknown} == {404}
    assert client.get(build_annual_url("records", "nothing")).status_code == 404
    assert client.get(build_annual_url("records", "decisions") + "?by=group&value=other").status_code == 404
    assert client.get(build_annual_url("file", "exe")).status_code == 404


def test_edit_page_of_published_report_warns_of_public_changes(client, coalition, rapporteur):
    client.force_login(rapporteur)
    pages, notice = (
        [build_annual_url("edit"), build_annual_url("section_edit", "messages")],
        "Everyone will see your changes immediately",
    )

    assert not any(notice in client.get(page).text for page in pages)
    actions.publish_annual_report(actor=rapporteur, coalition=coalition, year=REPORT_YEAR)
    assert all(notice in client.get(page).text for page in pages)


def test_publishing_report_notifies_once(coalition, coordinator, rapporteur, member):
    Coalition.objects.filter(pk=coalition.pk).update(mail_released_at=timezone.now())
    MailChoice.objects.create(coalition=coalition, person=member, topic=EmailTopic.NEWS, wanted=True)
    for _press in range(2):
        actions.publish_annual_report(actor=rapporteur, coalition=coalition, year=REPORT_YEAR)
    assert Activity.objects.filter(kind="annualreport", verb="published").count() == 1
    send_pending_activity_notifications(timezone.now() + timedelta(days=1))

    [(to, subject)] = Message.objects.values_list("to", "subject")
    assert (to, f"{REPORT_YEAR} annual report has been published" in subject) == (member.email, True)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("statistic_key", "query_count"), [("meetings", 6), ("attendances", 6), ("members", 4), ("outputs", 6)]
)
def test_statistic_page_query_count_is_constant(
    client, coalition, django_assert_num_queries, count, statistic_key, query_count
):
    AnnualReport.objects.create(coalition=coalition, year=REPORT_YEAR, published_at=timezone.now())
    for number in range(count):
        AttendanceFactory(meeting=create_past_meeting(coalition))
        MembershipFactory(coalition=coalition)
        text = TextFactory(coalition=coalition, published=True, saying=["One"])
        made = {"major": 1, "minor": number, "without_call": "A draft", "at": datetime(REPORT_YEAR, 6, 1, tzinfo=UTC)}
        Edition.objects.create(text=text, revision=text.get_latest_revision(), **made)

    with django_assert_num_queries(query_count):
        response = client.get(build_annual_url("records", statistic_key))
    assert len(response.context["records"].rows) in (count, count + 1)


def test_demo_has_published_annual_report(coalition, coordinator, rapporteur):
    people = {"coordinator": coordinator, "rapporteur": rapporteur}
    add_annual_report(Demo(coalition=coalition, people=people, organisations={}, say=lambda _sentence: None))

    report = AnnualReport.objects.get()
    assert report.published_at
    assert "Made up for the demo: members met, and 0 decisions were made." in get_report_text(coalition, report.year)


@pytest.mark.parametrize("seed", [1, 2])
def test_report_page_query_count_is_constant(client, coalition, rapporteur, django_assert_num_queries, seed):
    for _number in range(seed):
        AnnualWorld(coalition, seed).create_year_records()
    AnnualReport.objects.create(coalition=coalition, year=REPORT_YEAR, published_at=timezone.now())
    client.get(build_annual_url("detail", year=REPORT_YEAR - 1))

    with django_assert_num_queries(12):
        client.get(build_annual_url("detail"))
