"""Corrections of circulated minutes: who submits them, what is decided, and what becomes of them after the approval."""

import io
import zipfile
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.accounts import minors
from jukwaa.coalitions.models import Membership
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.actions.corrections import CorrectionDecision
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.models import Correction, Entry, Erratum
from jukwaa.meetings.report import REPORT_FORMATS_BY_NAME, build_report_document, compose_meeting_report
from jukwaa.records.actions import restore_record_version
from tests.factories import PartFactory, PersonFactory
from tests.meetings.minutes_steps import FIRST_ENTRY, circulate_draft, create_ended_minutes, propose_correction
from tests.updates.emails import send_notifications_after_delay

ACCEPTED_CORRECTION = CorrectionDecision(
    "accepted", "The programme says May.", "The zebra hotline opened in May.", from_version=1
)
REJECTED_CORRECTION = CorrectionDecision("not-accepted", "The recording says June.")


@pytest.fixture
def frozen_clock():
    with time_machine.travel("2027-01-01", tick=False) as clock:
        yield clock


@pytest.fixture
def meeting(mailing_coalition, rapporteur, frozen_clock):
    meeting = create_ended_minutes(mailing_coalition, rapporteur, frozen_clock)
    circulate_draft(rapporteur, meeting)
    return meeting


@pytest.fixture
def first_entry(meeting):
    return Entry.objects.select_related("part").get(text=FIRST_ENTRY)


@pytest.fixture
def build_minutes_url(meeting):
    def build_url_of_minutes(name, *more):
        return reverse(f"meetings:{name}", args=["ours", meeting.pk, *more])

    return build_url_of_minutes


def decide_correction(actor, correction, correction_decision):
    return actions.decide_correction(actor=actor, correction=correction, ruling=correction_decision)


def test_member_proposes_correction_by_form(client, build_minutes_url, member, first_entry):
    client.force_login(member)
    url = f"{build_minutes_url('correction_new')}?entry={first_entry.pk}"
    assert FIRST_ENTRY in client.get(url).text
    token = uuid4()
    for _press in range(2):
        answer = client.post(url, {"body": "It was in May.", "token": token, "capacity": "own"}, follow=True)

    assert "Your correction has been submitted. We will email you the decision." in answer.text
    assert "It was in May." in answer.text
    assert list(Correction.objects.values_list("entry", "entry_version", "body")) == [
        (first_entry.pk, 1, "It was in May.")
    ]


def test_only_adult_members_propose_corrections(client, build_minutes_url, meeting, member, outsider):
    client.force_login(outsider)
    assert client.get(build_minutes_url("correction_list")).status_code == 403
    minors.mark_as_minor(actor=member, person=member, adult_contact=PersonFactory(), reason="Told us.")
    member.refresh_from_db()
    client.force_login(member)
    assert client.get(build_minutes_url("correction_new")).status_code == 403
    with pytest.raises(PermissionDenied):
        propose_correction(member, meeting)


def test_uncirculated_minutes_take_no_corrections(mailing_coalition, rapporteur, member, frozen_clock):
    meeting = create_ended_minutes(mailing_coalition, rapporteur, frozen_clock)

    with pytest.raises(ActionRefused, match="have not been sent for correction yet"):
        propose_correction(member, meeting)


def test_accepted_correction_changes_entry_and_notifies_author(
    client, build_minutes_url, meeting, first_entry, member, rapporteur
):
    correction = propose_correction(member, meeting, entry=first_entry)
    client.force_login(rapporteur)
    url = build_minutes_url("correction_decide", correction.pk)
    page = client.get(url).text
    assert FIRST_ENTRY in page
    answer = client.post(
        url,
        {"disposition": "accepted", "reason": "You are right.", "text": ACCEPTED_CORRECTION.text, "version": 1},
        follow=True,
    )
    assert "Your decision has been saved." in answer.text
    first_entry.refresh_from_db()
    assert (first_entry.text, first_entry.version) == (ACCEPTED_CORRECTION.text, 2)
    send_notifications_after_delay()
    mail = Message.objects.get(to=member.email, subject__contains="Decision on your correction")
    assert "Decision: accepted" in mail.body
    assert "Reason: You are right." in mail.body


def test_decision_needs_reason_and_text(client, build_minutes_url, meeting, first_entry, member, rapporteur):
    correction = propose_correction(member, meeting, entry=first_entry)
    client.force_login(rapporteur)
    answer = client.post(
        build_minutes_url("correction_decide", correction.pk), {"disposition": "accepted", "version": 1}
    )

    assert answer.status_code == 422
    assert "Enter a reason. We will send it to the author." in answer.text
    assert "Enter the corrected text of the entry." in answer.text
    with pytest.raises(ActionRefused, match="Enter a reason"):
        decide_correction(rapporteur, correction, CorrectionDecision("not-accepted", " "))


def test_concurrent_decisions_show_conflict(
    client, build_minutes_url, meeting, first_entry, member, rapporteur, coordinator
):
    correction = propose_correction(member, meeting, entry=first_entry)
    decide_correction(coordinator, correction, REJECTED_CORRECTION)
    client.force_login(rapporteur)
    words = {"disposition": "accepted", "reason": "I think so.", "text": ACCEPTED_CORRECTION.text, "version": 1}
    answer = client.post(build_minutes_url("correction_decide", correction.pk), words)

    assert answer.status_code == 422
    assert "Someone else has already decided on this correction." in answer.text
    assert "I think so." in answer.text
    first_entry.refresh_from_db()
    assert first_entry.text == FIRST_ENTRY
    correction.refresh_from_db()
    assert correction.disposition == "not-accepted"


def test_concurrent_entry_edit_is_compared(client, build_minutes_url, meeting, first_entry, member, rapporteur):
    correction = propose_correction(member, meeting, entry=first_entry)
    actions.change_entry(actor=rapporteur, entry=first_entry, changes={"text": "In July."}, from_version=1)
    with pytest.raises(EditConflict):
        decide_correction(rapporteur, correction, ACCEPTED_CORRECTION)
    client.force_login(rapporteur)
    words = {"disposition": "accepted", "reason": "Yes.", "text": ACCEPTED_CORRECTION.text, "version": 1}
    answer = client.post(build_minutes_url("correction_decide", correction.pk), words)

    assert answer.status_code == 409
    assert "In July." in answer.text


def test_page_says_that_former_member_gets_no_email_about_correction(
    client, build_minutes_url, meeting, first_entry, member, rapporteur
):
    correction = propose_correction(member, meeting, entry=first_entry)
    Membership.objects.filter(person=member).delete()
    client.force_login(rapporteur)
    sentence = "The author is no longer a member, so we will not email them your decision."
    assert sentence in client.get(build_minutes_url("correction_decide", correction.pk)).text
    decide_correction(rapporteur, correction, REJECTED_CORRECTION)
    send_notifications_after_delay()

    assert not Message.objects.filter(to=member.email, subject__contains="Decision").exists()


def test_only_note_takers_decide_corrections(client, build_minutes_url, meeting, member):
    correction = propose_correction(member, meeting)
    client.force_login(member)

    assert client.get(build_minutes_url("correction_decide", correction.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        decide_correction(member, correction, REJECTED_CORRECTION)


def test_author_is_hidden_under_chatham_house_rule(client, build_minutes_url, meeting, first_entry, member, rapporteur):
    Entry.objects.filter(pk=first_entry.pk).update(part=PartFactory(meeting=meeting, chatham=True))
    first_entry = Entry.objects.select_related("part", "meeting").get(pk=first_entry.pk)
    with pytest.raises(NamesFoundError):
        propose_correction(member, meeting, "A member said so.", entry=first_entry)
    propose_correction(member, meeting, entry=first_entry)
    client.force_login(rapporteur)
    page = client.get(build_minutes_url("correction_list")).text.partition("<main")[2]

    assert "It was in May." in page
    assert member.name not in page


def test_correction_after_approval_proposes_erratum(
    client, build_minutes_url, meeting, first_entry, member, rapporteur
):
    actions.approve_minutes(actor=rapporteur, meeting=meeting)
    client.force_login(member)
    url = f"{build_minutes_url('correction_new')}?entry={first_entry.pk}"
    assert "A correction can only be added as an erratum." in client.get(url).text
    answer = client.post(url, {"body": "It was in May.", "token": uuid4(), "capacity": "own"}, follow=True)
    assert "so we have kept your correction as a proposal for an erratum." in answer.text

    correction = Correction.objects.get()
    assert correction.is_late
    decide_correction(rapporteur, correction, CorrectionDecision("accepted", "Yes.", "Not in June, but in May."))
    first_entry.refresh_from_db()
    assert (first_entry.text, Erratum.objects.get().correction) == (FIRST_ENTRY, correction)


# ---- After the approval ----


@pytest.fixture
def approved_minutes(meeting, rapporteur):
    actions.approve_minutes(actor=rapporteur, meeting=meeting)
    return Entry.objects.get(text=FIRST_ENTRY)


def test_approved_entries_cannot_be_edited(client, approved_minutes, meeting, rapporteur):
    later = actions.NewEntry(kind="report", text="Later.")
    for change in (
        lambda: actions.change_entry(actor=rapporteur, entry=approved_minutes, changes={"text": "No."}, from_version=2),
        lambda: actions.withdraw_entry(actor=rapporteur, entry=approved_minutes, reason="No."),
        lambda: actions.record_entries(actor=rapporteur, meeting=meeting, entries=[later]),
    ):
        with pytest.raises(ActionRefused, match=r"cannot be changed. Add an erratum instead."):
            change()
    with pytest.raises(ActionRefused, match="An earlier version cannot be restored"):
        restore_record_version(actor=rapporteur, record=approved_minutes, version_number=1, from_version=2)
    client.force_login(rapporteur)
    page = client.get(approved_minutes.get_absolute_url()).text
    assert "Remove this entry from the minutes" not in page
    assert reverse("meetings:entry_edit", args=["ours", approved_minutes.pk]) not in page


def test_erratum_is_shown_at_entry_and_in_exports(client, build_minutes_url, approved_minutes, meeting, rapporteur):
    client.force_login(rapporteur)
    url = f"{build_minutes_url('erratum_new')}?entry={approved_minutes.pk}"
    answer = client.post(url, {"text": "Read May for June."}, follow=True)
    assert "The erratum has been added." in answer.text
    client.logout()

    for page in (approved_minutes.get_absolute_url(), meeting.get_absolute_url()):
        text = client.get(page).text
        assert "Read May for June." in text
        assert "12 January 2027" in text
        assert "rapporteur" in text
        assert rapporteur.name not in text
    archive = client.get(reverse("exchange:archive", args=["ours"]) + f"?record={approved_minutes.pk}").getvalue()
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        pages = [files.read(name).decode() for name in files.namelist() if name.endswith((".html", ".md"))]
    assert any("Read May for June." in page for page in pages)


def test_errata_are_in_every_form_of_session_report(meeting, approved_minutes, rapporteur):
    actions.add_erratum_to_minutes(actor=rapporteur, meeting=meeting, entry=approved_minutes, text="Read May for June.")
    actions.add_erratum_to_minutes(actor=rapporteur, meeting=meeting, text="The chair was absent.")
    meeting.refresh_from_db()
    composed = compose_meeting_report(meeting)

    errata = next(section for section in composed.sections if section.key == "errata")
    told = f"Added on 12 January 2027 to “{approved_minutes.text.rstrip('.')}”: Read May for June."
    assert errata.paragraphs[0].text == f"{told} Added on 12 January 2027: The chair was absent."
    for shape in REPORT_FORMATS_BY_NAME.values():
        assert str(build_report_document(composed, shape).blocks).count("The chair was absent.") == 1


def test_errata_for_members_are_not_in_public_report(meeting, approved_minutes, rapporteur):
    actions.add_erratum_to_minutes(actor=rapporteur, meeting=meeting, entry=approved_minutes, text="Read May for June.")
    Entry.objects.filter(pk=approved_minutes.pk).update(label="TLP:GREEN")

    assert "Read May" not in str(
        build_report_document(compose_meeting_report(meeting), REPORT_FORMATS_BY_NAME["own"]).blocks
    )


def test_errata_are_in_spreadsheets(client, meeting, rapporteur):
    actions.approve_minutes(actor=rapporteur, meeting=meeting)
    decision = Entry.objects.get(meeting=meeting, kind="decision")
    actions.add_erratum_to_minutes(actor=rapporteur, meeting=meeting, entry=decision, text="Read May for June.")
    actions.add_erratum_to_minutes(actor=rapporteur, meeting=meeting, text="The chair was absent.")
    tables = {
        name: client.get(reverse("exchange:list_file", args=["ours", name, "csv"])).content.decode()
        for name in ("agreed", "decisions", "meetings")
    }

    assert "2027-01-12: Read May for June." in tables["agreed"]
    assert "2027-01-12: Read May for June." in tables["decisions"]
    assert "2027-01-12: The chair was absent." in tables["meetings"]
    assert "Read May" not in tables["meetings"]


def test_erratum_of_minutes_is_added_once(client, build_minutes_url, approved_minutes, meeting, rapporteur):
    for _press in range(2):
        actions.add_erratum_to_minutes(actor=rapporteur, meeting=meeting, text="The chair was absent.")

    assert Erratum.objects.count() == 1
    assert "The chair was absent." in client.get(meeting.get_absolute_url()).text


def test_draft_minutes_take_no_erratum(client, build_minutes_url, meeting, rapporteur):
    with pytest.raises(ActionRefused, match="have not been approved yet"):
        actions.add_erratum_to_minutes(actor=rapporteur, meeting=meeting, text="No.")


@pytest.mark.parametrize("count", [1, 3])
def test_corrections_query_count_is_constant(
    client, build_minutes_url, meeting, first_entry, member, count, django_assert_num_queries
):
    for number in range(count):
        propose_correction(member, meeting, f"Number {number}.", entry=first_entry)
    client.force_login(member)

    with django_assert_num_queries(7):
        assert client.get(build_minutes_url("correction_list")).text.count("Number ") == count
