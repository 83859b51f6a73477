"""Polls for the time of a meeting: opening one, answering it on the web and by the link, and choosing a time."""

import re
from datetime import time, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.account_merge import merge_accounts
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.home.tasks_page import get_tasks
from jukwaa.meetings import actions
from jukwaa.meetings.models import TimePoll, TimeVote
from jukwaa.meetings.polls import build_poll_link
from tests.factories import MeetingFactory, MembershipFactory, PersonFactory
from tests.meetings.planned_meetings import create_planned_meeting
from tests.meetings.polls import TimePollFactory, build_offered_times, days_from_now, open_poll_for_days


@pytest.fixture
def meeting(coalition):
    return create_planned_meeting(coalition, days=20)


@pytest.fixture
def poll(meeting, rapporteur):
    return open_poll_for_days(rapporteur, meeting)


def build_poll_url(meeting, route_name="detail", *args):
    return reverse(f"meetings:poll_{route_name}", args=[meeting.coalition.slug, meeting.pk, *args])


def build_poll_path(person, poll):
    return build_poll_link(person, poll).removeprefix(settings.SITE_URL)


def list_stored_votes():
    return list(TimeVote.objects.order_by("option__number").values_list("option__number", "answer"))


def build_poll_form(*days, **more):
    given = {"time_zone": "Africa/Nairobi", "duration": "60", "closes_on": days_from_now(7)}
    for number, day in enumerate(days, start=1):
        given |= {f"day_{number}": days_from_now(day), f"time_{number}": "13:00"}
    return given | more


def test_rapporteur_opens_poll_with_options_in_order(client, meeting, rapporteur):
    client.force_login(rapporteur)
    assert client.post(build_poll_url(meeting, "new"), build_poll_form(14, 10, 12)).status_code == 302
    poll = TimePoll.objects.get()
    assert [option.starts_on for option in poll.options.all()] == [days_from_now(day) for day in (10, 12, 14)]
    assert poll.closes_at.astimezone(poll.options.first().starts_at.tzinfo).date() == days_from_now(7)


def test_only_note_takers_open_poll(client, meeting, member):
    with pytest.raises(PermissionDenied):
        open_poll_for_days(member, meeting)
    client.force_login(member)
    assert client.get(build_poll_url(meeting, "new")).status_code == 403


@pytest.mark.parametrize(
    ("form_data", "expected_sentence"),
    [
        ({"day_2": "", "time_2": ""}, "Enter the date of option 2."),
        ({"time_3": ""}, "Enter the start time of option 3."),
        ({"day_3": ""}, "Enter the date of option 3."),
        ({"day_3": "2020-01-01"}, "Enter a time in the future."),
        ({"closes_on": "2020-01-01"}, "Enter a closing date that is today or later."),
        ({"duration": "0"}, "greater than or equal to 1"),
    ],
)
def test_poll_form_shows_errors(client, meeting, rapporteur, form_data, expected_sentence):
    client.force_login(rapporteur)
    answer = client.post(build_poll_url(meeting, "new"), build_poll_form(10, 12, 14, **form_data))
    assert answer.status_code == 422
    assert expected_sentence in answer.text
    assert not TimePoll.objects.exists()


def test_duplicate_time_is_offered_once(client, meeting, rapporteur):
    client.force_login(rapporteur)
    answer = client.post(build_poll_url(meeting, "new"), build_poll_form(10, 12, 10))
    assert "Enter a different time. This is the same as option 1." in answer.text


def test_closing_date_must_precede_first_time(client, meeting, rapporteur):
    client.force_login(rapporteur)
    answer = client.post(build_poll_url(meeting, "new"), build_poll_form(7, 12))
    assert "Enter a closing date before the date of the first option." in answer.text
    with pytest.raises(ActionRefused, match="before the date of the first option"):
        open_poll_for_days(rapporteur, meeting, 7, 12)


@pytest.mark.parametrize(
    "offered_times",
    [
        build_offered_times(10),
        build_offered_times(*range(10, 21)),
        [*build_offered_times(10), *build_offered_times(10)],
    ],
)
def test_action_refuses_too_few_many_or_equal_times(meeting, rapporteur, offered_times):
    with pytest.raises(ActionRefused):
        open_poll_for_days(rapporteur, meeting, offered=offered_times)


@time_machine.travel("2027-01-05 12:00Z")
def test_times_affected_by_clock_change_are_refused_or_clarified(client, coalition, rapporteur):
    meeting = create_planned_meeting(coalition, days=400)
    client.force_login(rapporteur)
    sent = build_poll_form(
        time_zone="Europe/Berlin", day_1="2027-03-28", time_1="02:30", day_2="2027-10-31", time_2="02:30"
    )
    answer = client.post(build_poll_url(meeting, "new"), sent)
    assert "because the clocks go forward. Enter another time, such as 01:30 or 03:30." in answer.text
    assert "Choose which of the 2 times you mean. The clocks go back" in answer.text
    assert "The later time (UTC+1)" in answer.text
    client.post(build_poll_url(meeting, "new"), sent | {"time_1": "03:30", "fold_2": "1"})
    option = TimePoll.objects.get().options.get(number=2)
    assert (option.fold, f"{option.starts_at:%H:%M}") == (1, "01:30")
    actions.choose_meeting_time(actor=rapporteur, time_option=option)
    meeting.refresh_from_db()
    assert (meeting.fold, meeting.starts_at) == (1, option.starts_at)


def test_meeting_cannot_have_second_open_poll(meeting, poll, rapporteur):
    with pytest.raises(ActionRefused, match="open for this meeting already"):
        open_poll_for_days(rapporteur, meeting)
    with pytest.raises(IntegrityError):
        TimePollFactory(meeting=meeting)


def test_poll_requires_undecided_date_or_future_meeting(coalition, rapporteur):
    undated = {"starts_on": None, "start_time": None, "time_zone": "", "starts_at": None, "ends_at": None}
    assert open_poll_for_days(rapporteur, create_planned_meeting(coalition, precision="open", **undated)).is_open
    with pytest.raises(ActionRefused, match="choose “Not decided yet” for its date"):
        open_poll_for_days(rapporteur, create_planned_meeting(coalition, **undated))
    with pytest.raises(ActionRefused, match="has started"):
        open_poll_for_days(rapporteur, create_planned_meeting(coalition, days=-0.01))


def test_member_answers_and_edits_answers(client, meeting, poll, member):
    client.force_login(member)
    answer = client.post(build_poll_url(meeting), {"option_1": "yes", "option_2": "no"}, follow=True)
    assert "Your answers have been recorded." in answer.text
    assert "You have answered this poll." in answer.text
    client.post(build_poll_url(meeting), {"option_1": "if-need-be"})
    assert list_stored_votes() == [(1, "if-need-be"), (2, "no")]


def test_answer_without_a_choice_is_refused(client, meeting, poll, member):
    client.force_login(member)
    answer = client.post(build_poll_url(meeting), {})
    assert (answer.status_code, "Choose an answer for at least one option." in answer.text) == (422, True)


def test_poll_is_for_members_only(client, meeting, poll, outsider):
    assert client.get(build_poll_url(meeting)).status_code == 302
    assert "time of this meeting has not been decided" not in client.get(meeting.get_absolute_url()).text
    client.force_login(outsider)
    assert client.get(build_poll_url(meeting)).status_code == 404
    with pytest.raises(PermissionDenied, match="Only members"):
        actions.answer_time_poll(actor=outsider, poll=poll, answers_by_option={1: "yes"})


def test_page_omits_names_of_respondents(client, meeting, poll, member, delegate):
    actions.answer_time_poll(actor=member, poll=poll, answers_by_option={1: "yes"})
    client.force_login(delegate)
    page = client.get(build_poll_url(meeting)).text
    assert "1 yes" in page
    assert member.name not in page


def test_opening_poll_link_saves_nothing_until_confirmed(client, poll, member):
    path = build_poll_path(member, poll)
    page = client.get(path).text
    assert not TimeVote.objects.exists()
    assert member.name not in page
    assert f"{member.email[0]}…@" in page
    assert client.post(path, {"option_3": "yes"}).status_code == 302
    assert list_stored_votes() == [(3, "yes")]


def test_link_shows_local_time_of_recipient(client, poll, member):
    member.time_zone = "Asia/Tokyo"
    member.save()
    page = client.get(build_poll_path(member, poll)).text
    assert "19:00 to 20:00</time>, <bdi>Tokyo (UTC+9)" in page
    assert "13:00 to 14:00</time>, <bdi>Nairobi (UTC+3)" in page
    assert "10:00 to 11:00</time></dd>" in page


@pytest.mark.parametrize("link_fault", ["cut", "gone", "other coalition", "withdrawn"])
def test_invalid_link_is_refused(client, meeting, poll, member, coordinator, other_coalition, link_fault):
    path = build_poll_path(member, poll)
    if link_fault == "cut":
        path = path[:-8] + "/"
    elif link_fault == "gone":
        member.is_active = False
        member.save()
    elif link_fault == "withdrawn":
        path = build_poll_path(coordinator, poll)  # who may still read it, signed in
        actions.withdraw_meeting(actor=coordinator, meeting=meeting, reason="It was a mistake.")
    else:
        path = path.replace(f"/{meeting.coalition.slug}/", f"/{other_coalition.slug}/", 1)
    assert client.get(path).status_code == 410


def test_link_of_former_member_is_refused(client, poll, member):
    path = build_poll_path(member, poll)
    member.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    assert client.post(path, {"option_1": "yes"}).status_code == 403
    assert not TimeVote.objects.exists()


def test_answers_after_closing_date_are_refused(client, meeting, poll, member):
    with time_machine.travel(poll.closes_at + timedelta(minutes=1)):
        client.force_login(member)
        assert "This poll is closed." in client.get(build_poll_url(meeting)).text
        assert client.post(build_poll_url(meeting), {"option_1": "yes"}).status_code == 403
        client.post(build_poll_path(member, poll), {"option_1": "yes"})
        with pytest.raises(ActionRefused, match="This poll is closed"):
            actions.answer_time_poll(actor=member, poll=poll, answers_by_option={1: "yes"})
    assert not TimeVote.objects.exists()


def test_chosen_time_becomes_meeting_time(client, meeting, poll, rapporteur):
    option, sequence = poll.options.get(number=2), meeting.sequence
    client.force_login(rapporteur)
    assert "Choose this time?" in client.get(build_poll_url(meeting, "choose", option.pk)).text
    client.post(build_poll_url(meeting, "choose", option.pk))
    meeting.refresh_from_db()
    assert (meeting.starts_on, meeting.start_time, meeting.time_zone) == (days_from_now(12), time(13), "Africa/Nairobi")
    assert (meeting.starts_at, meeting.sequence) == (option.starts_at, sequence + 1)
    assert "Option 2 has been chosen" in client.get(build_poll_url(meeting)).text


def test_concurrent_choice_shows_conflict(client, meeting, poll, rapporteur, coordinator):
    first, second = poll.options.all()[:2]
    actions.choose_meeting_time(actor=rapporteur, time_option=first)
    actions.choose_meeting_time(actor=rapporteur, time_option=first)
    with pytest.raises(ActionRefused, match="Someone else has closed this poll"):
        actions.choose_meeting_time(actor=coordinator, time_option=second)
    client.force_login(coordinator)
    answer = client.post(build_poll_url(meeting, "choose", second.pk), follow=True)
    assert "Someone else has closed this poll." in answer.text
    meeting.refresh_from_db()
    assert meeting.starts_at == first.starts_at


def test_past_time_cannot_be_chosen(poll, rapporteur):
    option = poll.options.get(number=1)
    with time_machine.travel(option.starts_at), pytest.raises(ActionRefused, match="Choose another time"):
        actions.choose_meeting_time(actor=rapporteur, time_option=option)
    assert not TimePoll.objects.get().is_decided


def test_member_cannot_choose_time_or_close_poll(client, meeting, poll, member):
    with pytest.raises(PermissionDenied):
        actions.choose_meeting_time(actor=member, time_option=poll.options.first())
    with pytest.raises(PermissionDenied):
        actions.close_time_poll(actor=member, poll=poll)
    client.force_login(member)
    assert client.post(build_poll_url(meeting, "close")).status_code == 403


def test_poll_closes_without_time_and_can_be_repeated(client, meeting, poll, rapporteur):
    client.force_login(rapporteur)
    client.post(build_poll_url(meeting, "close"))
    client.post(build_poll_url(meeting, "close"))
    before = meeting.starts_at
    meeting.refresh_from_db()
    assert meeting.starts_at == before
    assert open_poll_for_days(rapporteur, meeting).is_open


def test_poll_of_cancelled_meeting_is_closed(meeting, poll, member, rapporteur):
    actions.cancel_meeting(actor=rapporteur, meeting=meeting, reason="The chair is ill.")
    with pytest.raises(ActionRefused, match="closed"):
        actions.answer_time_poll(actor=member, poll=poll, answers_by_option={1: "yes"})
    with pytest.raises(ActionRefused, match="cancelled"):
        actions.choose_meeting_time(actor=rapporteur, time_option=poll.options.first())


def test_tasks_ask_member_to_answer_and_coordinator_to_choose(coalition, meeting, poll, member, coordinator):
    def list_poll_tasks(person):
        coalition.refresh_from_db()
        return [
            task.title
            for task in get_tasks(Standing(person, coalition))
            if re.search("time of|when to hold", task.title)
        ]

    assert list_poll_tasks(member) == ["Answer the poll about when to hold The spring call"]
    actions.answer_time_poll(actor=member, poll=poll, answers_by_option={1: "yes"})
    assert list_poll_tasks(member) == []
    with time_machine.travel(poll.closes_at + timedelta(minutes=1)):
        assert list_poll_tasks(coordinator) == ["Choose the time of The spring call"]


def test_account_merge_preserves_later_poll_answer(coalition, poll, member):
    other = PersonFactory()
    MembershipFactory(coalition=coalition, organisation=None, person=other)
    actions.answer_time_poll(actor=other, poll=poll, answers_by_option={1: "no"})
    actions.answer_time_poll(actor=member, poll=poll, answers_by_option={1: "yes"})
    merge_accounts(surviving_person=other, merged_person=member)
    assert [(vote.person, vote.answer) for vote in TimeVote.objects.all()] == [(other, "yes")]


@pytest.mark.parametrize("meeting_count", [1, 3])
def test_time_choice_query_count_is_constant(client, meeting, rapporteur, django_assert_num_queries, meeting_count):
    poll = open_poll_for_days(rapporteur, meeting)
    option = poll.options.first()
    for number in range(meeting_count):
        MeetingFactory(
            coalition=meeting.coalition, title=f"Other call {number}", published=True, starts_on=option.starts_at.date()
        )
    client.force_login(rapporteur)

    with django_assert_num_queries(7):
        assert client.get(build_poll_url(meeting, "choose", option.pk)).text.count("Other call") == meeting_count


@pytest.mark.parametrize("row_count", [2, 10])
def test_poll_page_query_count_is_constant(client, meeting, rapporteur, member, django_assert_num_queries, row_count):
    open_poll_for_days(rapporteur, meeting, *range(10, 10 + row_count))
    client.force_login(member)
    client.get(build_poll_url(meeting))
    with django_assert_num_queries(10):
        client.get(build_poll_url(meeting))
