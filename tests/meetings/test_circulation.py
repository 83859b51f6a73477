"""Minutes that are circulated for correction, replies to them, and how they are approved."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.dates import format_long_date
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.actions.corrections import CorrectionDecision
from jukwaa.meetings.actions.summaries import send_summary
from jukwaa.meetings.agenda import are_minutes_public
from jukwaa.meetings.correction_replies import remove_quoted_lines
from jukwaa.meetings.due_approvals import approve_due_minutes
from jukwaa.meetings.models import Correction, Entry, Minutes
from jukwaa.records.actions import withdraw_record
from jukwaa.updates.clock import jobs
from tests.factories import PartFactory
from tests.meetings.circulating import ALSO_SAID, LATER, SAID, UNTIL, circulate, correct, draft_minutes, take
from tests.meetings.scheduled import schedule_meeting
from tests.updates.mails import deliver, tell_later

SUBJECT = "[Our Coalition] Check the minutes by 26 January 2027: Monthly call"


@pytest.fixture
def clock():
    with time_machine.travel("2027-01-01", tick=False) as clock:
        yield clock


@pytest.fixture
def meeting(released, rapporteur, clock):
    return draft_minutes(released, rapporteur, clock)


@pytest.fixture
def circulated(meeting, rapporteur, member):
    circulate(rapporteur, meeting)
    tell_later()
    return meeting


@pytest.fixture
def reply(circulated, member):
    sent = Message.objects.get(to=member.email, subject=SUBJECT)
    to = sent.reply_to

    def send(text, **more):
        deliver(text.replace("{mail}", sent.body), **({"to": to, "sender": member.email} | more))
        return Message.objects.order_by("-pk")[0]

    return send


def kept():
    return list(Correction.objects.order_by("pk").values_list("entry__text", "body"))


def test_minutes_stand_in_the_email_itself(circulated, member):
    body = Message.objects.get(to=member.email, subject=SUBJECT).body

    assert "Draft, not approved" in body
    assert "send corrections by 26 January 2027." in body
    assert "2027. The minutes will be approved after this date if there are no open corrections." in body
    assert f"1. Status report\n{SAID}" in body
    assert f"2. Decision\n{ALSO_SAID}" in body


def test_email_names_no_speaker_under_the_rule_and_nobody_under_18(released, rapporteur, clock, member):
    meeting = draft_minutes(released, rapporteur, clock)
    clock.move_to("2027-01-12 12:20Z")
    take(rapporteur, meeting, "Ordinary.", speaker=("A visible guest", None))
    clock.move_to("2027-01-12 15:00Z")
    hidden = PartFactory(meeting=meeting, chatham=True, title="Confidential")
    Entry.objects.filter(text=SAID).update(part=hidden)
    Entry.objects.get(text=SAID).speakers.add(Entry.objects.get(text="Ordinary.").speakers.get())
    circulate(rapporteur, meeting)
    tell_later()
    body = Message.objects.get(to=member.email, subject=SUBJECT).body

    assert "3. Status report (A visible guest)" in body
    assert body.count("A visible guest") == 1
    assert "Confidential\nUnder the Chatham House Rule" in body


def test_email_tells_no_order_of_speakers_under_the_rule(released, rapporteur, clock, member):
    meeting = draft_minutes(released, rapporteur, clock)
    item = PartFactory(meeting=meeting, title="Closed talks", chatham=True)
    for text in ("Zoning came first.", "Access came second."):
        actions.record_entry(actor=rapporteur, meeting=meeting, kind="report", text=text, part=item)
    circulate(rapporteur, meeting)
    tell_later()
    body = Message.objects.get(to=member.email, subject=SUBJECT).body
    texts = Entry.objects.filter(part=item).order_by("position").values_list("text", flat=True)

    assert body.index("Access came second.") < body.index("Zoning came first.")
    assert list(texts) == ["Access came second.", "Zoning came first."]


def test_preview_and_sending(client, meeting, rapporteur, member):
    client.force_login(rapporteur)
    url = reverse("meetings:minutes_circulate", args=["ours", meeting.pk])
    page = client.get(url)
    assert SAID in page.text
    assert (
        f"send corrections by {format_long_date(page.context['form'].initial['until'])}." in page.context["text"].body
    )
    answer = client.post(url, {"until": UNTIL, "approval": "meeting"}, follow=True)
    assert "We will email the minutes within an hour." in answer.text
    assert "The minutes will be approved at the next meeting." in answer.text
    answer = client.post(url, {"until": "2027-01-12", "approval": "meeting"})
    assert "Enter a date in the future, so that members have time to reply." in answer.text
    assert "The minutes will be approved at the next meeting." in answer.context["text"].body
    client.force_login(member)
    assert client.get(url).status_code == 403


def test_meeting_in_progress_or_without_draft_is_not_circulated(client, meeting, rapporteur, clock):
    clock.move_to("2027-01-12 12:20Z")
    with pytest.raises(ActionRefused, match="after the meeting has ended"):
        circulate(rapporteur, meeting)
    clock.move_to("2027-01-12 15:00Z")
    actions.approve_minutes(actor=rapporteur, meeting=meeting)
    with pytest.raises(ActionRefused, match="Only draft minutes can be sent for correction"):
        circulate(rapporteur, meeting)


def test_minutes_can_be_drafted_after_a_meeting_that_has_none(released, rapporteur, clock):
    clock.move_to("2027-01-12 15:00Z")
    meeting = schedule_meeting(released, rapporteur)
    actions.start_minutes(actor=rapporteur, meeting=meeting)
    take(rapporteur, meeting, SAID)
    circulate(rapporteur, meeting)
    other = schedule_meeting(released, rapporteur, title="Another")
    actions.record_entry(actor=rapporteur, meeting=other, kind="report", text=SAID)
    with pytest.raises(ActionRefused, match="This meeting has minutes already"):
        actions.start_minutes(actor=rapporteur, meeting=other)


# ---- Replies ----


def test_reply_corrects_entries_by_number_and_the_rest_as_a_whole(reply):
    answer = reply("1: It was in May.\n\n2. Not by everybody.\n\nThe chair was absent.")

    assert sorted(kept(), key=str) == sorted(
        [(SAID, "It was in May."), (ALSO_SAID, "Not by everybody.\n\nThe chair was absent.")], key=str
    )
    assert "Entry 1: It was in May." in answer.body
    assert "We will email you the decision." in answer.body


def test_reply_without_a_number_is_about_all_minutes(reply):
    reply("The chair was absent.\n\n> 1. Status report")

    assert kept() == [(None, "The chair was absent.")]


def test_number_of_no_entry_is_kept_whole(reply):
    reply("77: It was in May.")

    assert kept() == [(None, "77: It was in May.")]


@pytest.mark.parametrize(
    ("text", "corrections"),
    [
        ("> {mail}".replace("{mail}", SAID), []),
        ("{mail}", []),
        ("1: It was in May.\n\nOn 12 January 2027 at 15:00, Our Coalition wrote:\n{mail}", [(SAID, "It was in May.")]),
        ("{mail}\n1: It was in May.", []),  # below what looks like a signature
    ],
)
def test_reply_that_quotes_everything_without_a_mark(reply, text, corrections):
    answer = reply(text)

    assert kept() == corrections
    if not corrections:
        assert "We found no correction in your reply, only the minutes that it quotes." in answer.body


def test_quoted_lines_are_dropped_although_they_are_wrapped_anew():
    sent = ["1. Report\nThe zebra hotline opened in June and has answered forty calls since."]
    reply = "The zebra hotline opened in June\nand has answered forty calls since.\nNo, fifty."

    assert remove_quoted_lines(reply, sent) == "No, fifty."


def test_same_reply_twice_is_kept_once(reply):
    for _time in range(2):
        reply("1: It was in May.", message_id="<twice@example.org>")

    assert len(kept()) == 1


def test_reply_after_the_approval_proposes_an_erratum(reply, circulated, rapporteur):
    actions.approve_minutes(actor=rapporteur, meeting=circulated)
    answer = reply("1: It was in May.")

    assert "so we have kept your correction as a proposal for an erratum." in answer.body
    assert Correction.objects.get().is_late


def test_reply_of_somebody_who_has_left_is_refused(reply, member):
    member.memberships.all().delete()
    reply("1: It was in May.")

    assert kept() == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Entrée 1 : C'était en mai."), ("es", "Entrada 1: Fue en mayo."), ("ar", "البند 1: كان في مايو.")],
)
def test_reply_names_an_entry_in_each_language(reply, language, text):
    reply(text, Content_Language=language)

    assert [entry for entry, _body in kept()] == [SAID]


# ---- Approval ----


def approve_at(clock, moment=LATER):
    clock.move_to(moment)
    return approve_due_minutes(timezone.now())


def test_silence_approves_when_the_day_has_passed(client, circulated, clock):
    assert approve_at(clock, "2027-01-26 23:00Z") == 0
    assert not are_minutes_public(circulated)
    assert approve_at(clock) == 1
    assert are_minutes_public(circulated)
    text = client.get(circulated.get_absolute_url()).text
    assert SAID in text
    assert "approved on 30 January 2027, because there were no open corrections after 26 January 2027." in text
    assert approve_at(clock) == 0


def test_open_correction_stops_the_approval_by_silence(circulated, member, rapporteur, clock):
    correction = correct(member, circulated)
    assert approve_at(clock) == 0
    ruling = CorrectionDecision("not-accepted", "The recording says June.")
    actions.decide_correction(actor=rapporteur, correction=correction, ruling=ruling)
    assert approve_at(clock) == 1


def test_silence_approves_no_words_that_members_were_not_sent(circulated, rapporteur, clock):
    entry = Entry.objects.get(text=SAID)
    actions.change_entry(actor=rapporteur, entry=entry, changes={"text": "Something else."}, from_version=entry.version)
    assert approve_at(clock) == 0
    circulate(rapporteur, circulated, until=date(2027, 2, 10))
    assert approve_at(clock, "2027-02-12 06:00Z") == 1


def test_silence_approves_what_a_correction_has_changed(circulated, member, rapporteur, clock):
    entry = Entry.objects.get(text=SAID)
    correction = correct(member, circulated, entry=entry)
    ruling = CorrectionDecision("accepted", "It was in May.", "It opened in May.", entry.version)
    actions.decide_correction(actor=rapporteur, correction=correction, ruling=ruling)
    assert approve_at(clock) == 1


def test_entry_with_an_open_correction_is_not_withdrawn(circulated, member, rapporteur):
    correction = correct(member, circulated, entry=Entry.objects.get(text=SAID))
    withdraw = {"actor": rapporteur, "entry": Entry.objects.get(text=SAID), "reason": "It was not said."}
    with pytest.raises(ActionRefused, match="Decide on the open corrections"):
        actions.withdraw_entry(**withdraw)
    ruling = CorrectionDecision("not-accepted", "It is left out.")
    actions.decide_correction(actor=rapporteur, correction=correction, ruling=ruling)
    actions.withdraw_entry(**withdraw)
    actions.approve_minutes(actor=rapporteur, meeting=circulated)
    assert Minutes.objects.get().approved_at


def test_corrections_are_not_lost_when_an_item_is_placed_under_the_rule(released, rapporteur, member, clock):
    meeting = draft_minutes(released, rapporteur, clock)
    item = actions.add_part(actor=rapporteur, meeting=meeting, title="Closed talks")
    entry = take(rapporteur, meeting, "A third thing.", item=item)
    circulate(rapporteur, meeting)
    correct(member, meeting, entry=entry)
    with pytest.raises(ActionRefused, match="corrections"):
        actions.apply_chatham_house_rule(actor=rapporteur, item=item)
    assert Correction.objects.count() == 1


def test_silence_approves_nothing_that_is_to_be_approved_at_a_meeting(meeting, rapporteur, clock):
    circulate(rapporteur, meeting, allows_silence=False)

    assert approve_at(clock) == 0


def test_silence_approves_although_whoever_circulated_has_left(circulated, rapporteur, clock):
    rapporteur.roles.all().delete()

    assert approve_at(clock) == 1


def test_approval_is_a_daily_job():
    assert jobs["approve minutes without objections"].work is approve_due_minutes


def test_coordinator_approves_at_the_next_meeting(client, circulated, released, coordinator, clock):
    following = schedule_meeting(released, coordinator, title="The next call", starts_on=date(2027, 1, 29))
    clock.move_to(LATER)
    client.force_login(coordinator)
    url = reverse("meetings:minutes_approve", args=["ours", circulated.pk])
    answer = client.post(url, {"at_meeting": following.pk}, follow=True)
    assert "The minutes have been approved." in answer.text
    client.logout()
    text = client.get(circulated.get_absolute_url()).text
    assert "These minutes were approved on 30 January 2027 at this meeting:" in text
    assert "The next call" in text


def test_only_meetings_that_have_begun_can_approve(client, circulated, released, coordinator, clock):
    schedule_meeting(released, coordinator, title="The next call", starts_on=date(2027, 1, 29))
    schedule_meeting(released, coordinator, title="The next call", starts_on=date(2027, 2, 28))
    undecided = {"starts_on": None, "start_time": None, "precision": "open"}
    schedule_meeting(released, coordinator, title="The next call", **undecided)
    clock.move_to(LATER)
    client.force_login(coordinator)
    text = client.get(reverse("meetings:minutes_approve", args=["ours", circulated.pk])).text

    assert "The next call, 29 January 2027</option>" in text
    assert text.count("The next call") == 1


def test_meeting_that_the_reader_may_not_read_is_not_named(client, circulated, released, coordinator, clock):
    following = schedule_meeting(released, coordinator, title="A secret call", label="TLP:GREEN")
    actions.approve_minutes(actor=coordinator, meeting=circulated, at_meeting=following)
    text = client.get(circulated.get_absolute_url()).text

    assert "at a meeting." in text
    assert "A secret call" not in text


def test_open_corrections_are_decided_before_the_approval(circulated, member, rapporteur):
    correct(member, circulated)

    with pytest.raises(ActionRefused, match="Decide on the open correction before"):
        actions.approve_minutes(actor=rapporteur, meeting=circulated)


def test_summary_of_a_draft_says_so(meeting, rapporteur, member):
    send_summary(actor=rapporteur, meeting=meeting)
    tell_later()
    assert "Draft, not approved" in Message.objects.get(to=member.email, subject__contains="Summary").body


def find_approved():
    return sorted(Message.objects.filter(subject__contains="Minutes approved").values_list("to", flat=True))


def test_email_says_that_minutes_have_been_approved(circulated, rapporteur, coordinator, member, delegate):
    actions.approve_minutes(actor=rapporteur, meeting=circulated)
    for _tick in range(2):
        tell_later()

    assert find_approved() == sorted([coordinator.email, member.email, delegate.email])
    message = Message.objects.get(to=member.email, subject="[Our Coalition] Minutes approved: Monthly call")
    assert "The minutes of “Monthly call” have been approved." in message.body
    assert circulated.get_absolute_url() in message.body


def test_email_about_approval_without_objection_goes_to_everybody(circulated, clock, rapporteur, member):
    clock.move_to(LATER)
    approve_due_minutes(timezone.now())
    tell_later()

    assert find_approved() == sorted([rapporteur.email, member.email])


def test_no_email_about_minutes_of_a_withdrawn_meeting(circulated, rapporteur, member):
    actions.approve_minutes(actor=rapporteur, meeting=circulated)
    withdraw_record(actor=rapporteur, record=circulated, reason="It was held elsewhere.")
    tell_later()

    assert find_approved() == []
