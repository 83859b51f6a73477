"""No idea disappears: each becomes an agenda item, another record or another idea, or is declined with a reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Coalition
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.meetings.actions import withdraw_meeting
from jukwaa.meetings.actions.idea_answers import decline_idea, put_idea_on_agenda, record_idea_outcome, reopen_idea
from jukwaa.meetings.actions.idea_merges import accept_idea_merge, decline_idea_merge, request_idea_merge
from jukwaa.meetings.actions.ideas import suggest_idea, support_idea
from jukwaa.meetings.models import Idea, Meeting, MergeRequest, Part
from jukwaa.meetings.planned_meetings import find_planned_meetings
from jukwaa.meetings.policies import can_decide_merge
from jukwaa.records.actions import purge_record, withdraw_record
from jukwaa.records.models import Label, Link
from tests.conftest import create_seated_person
from tests.factories import EntryFactory, JointWorkFactory, MeetingFactory
from tests.updates.emails import list_written_emails, send_notifications_after_delay


@pytest.fixture
def idea(mailing_coalition, member) -> Idea:
    return suggest_idea(actor=member, coalition=mailing_coalition, title="Write a toolkit", label=Label.CLEAR)


@pytest.fixture
def other_idea(coalition, delegate) -> Idea:
    return suggest_idea(actor=delegate, coalition=coalition, title="Write a leaflet", label=Label.CLEAR)


@pytest.fixture
def planned_meeting(coalition, coordinator) -> Meeting:
    day = timezone.localdate() + timedelta(days=14)
    return MeetingFactory(coalition=coalition, title="Next call", starts_on=day, published=True, author=coordinator)


def get_idea_status(idea):
    return str(Idea.objects.get(pk=idea.pk).status)


def list_idea_emails():
    """Who got which email, without those of the idea being suggested."""
    Message.objects.all().delete()
    send_notifications_after_delay()
    return sorted((to, subject.partition("] ")[2]) for to, subject in list_written_emails())


class TestIdeaOnAgenda:
    def test_idea_becomes_an_agenda_item(self, idea, planned_meeting, coordinator):
        item = put_idea_on_agenda(actor=coordinator, idea=idea, meeting=planned_meeting)

        assert (item.meeting, item.title, get_idea_status(idea)) == (planned_meeting, "Write a toolkit", "on-agenda")
        assert list(item.ideas.all()) == [idea]

    def test_ideas_with_same_title_share_agenda_item(self, idea, other_idea, planned_meeting, coordinator):
        for each in (idea, other_idea):
            put_idea_on_agenda(actor=coordinator, idea=each, meeting=planned_meeting, title="Materials")

        assert [part.ideas.count() for part in Part.objects.all()] == [2]

    @pytest.mark.parametrize("person", ["member", "delegate", "outsider"])
    def test_only_note_takers_answer_ideas(self, idea, planned_meeting, request, person):
        actor = request.getfixturevalue(person)
        for answer in (
            lambda: put_idea_on_agenda(actor=actor, idea=idea, meeting=planned_meeting),
            lambda: record_idea_outcome(actor=actor, idea=idea, record=planned_meeting),
            lambda: decline_idea(actor=actor, idea=idea, reason="No"),
            lambda: reopen_idea(actor=actor, idea=idea),
        ):
            with pytest.raises(PermissionDenied):
                answer()
        assert get_idea_status(idea) == "open"

    def test_idea_cannot_be_discussed_at_past_meeting(self, idea, planned_meeting, coordinator):
        planned_meeting.starts_on = timezone.localdate() - timedelta(days=1)
        with pytest.raises(ActionRefused, match="has ended"):
            put_idea_on_agenda(actor=coordinator, idea=idea, meeting=planned_meeting)

    def test_draft_meeting_cannot_take_ideas(self, idea, coordinator):
        draft = MeetingFactory(coalition=idea.coalition, starts_on=timezone.localdate(), author=coordinator)
        with pytest.raises(ActionRefused, match="Publish the meeting first"):
            put_idea_on_agenda(actor=coordinator, idea=idea, meeting=draft)

    def test_idea_reopens_when_agenda_item_is_removed(self, idea, planned_meeting, coordinator):
        item = put_idea_on_agenda(actor=coordinator, idea=idea, meeting=planned_meeting)
        item.delete()

        assert (get_idea_status(idea), list(Idea.objects.all().open())) == ("open", [idea])

    def test_idea_reopens_when_meeting_is_withdrawn(self, idea, planned_meeting, coordinator):
        put_idea_on_agenda(actor=coordinator, idea=idea, meeting=planned_meeting)
        withdraw_meeting(actor=coordinator, meeting=planned_meeting, reason="Not needed")

        assert (get_idea_status(idea), list(Idea.objects.all().open())) == ("open", [idea])
        another = MeetingFactory(coalition=idea.coalition, starts_on=timezone.localdate(), published=True)
        put_idea_on_agenda(actor=coordinator, idea=idea, meeting=another)
        assert (get_idea_status(idea), list(Idea.objects.all().answered())) == ("on-agenda", [idea])

    def test_idea_reopens_when_meeting_is_cancelled(self, idea, planned_meeting, coordinator):
        put_idea_on_agenda(actor=coordinator, idea=idea, meeting=planned_meeting)
        Meeting.objects.filter(pk=planned_meeting.pk).update(
            cancelled_at=timezone.now(), cancellation_reason="A strike"
        )

        assert (get_idea_status(idea), list(Idea.objects.all().open())) == ("open", [idea])
        assert not find_planned_meetings(coordinator, idea.coalition).exists()
        with pytest.raises(ActionRefused, match="cancelled"):
            put_idea_on_agenda(actor=coordinator, idea=idea, meeting=Meeting.objects.get(pk=planned_meeting.pk))

    def test_coordinator_selects_next_meeting_on_page(self, client, idea, planned_meeting, coordinator):
        MeetingFactory(
            coalition=idea.coalition, starts_on=planned_meeting.starts_on - timedelta(days=100), published=True
        )
        client.force_login(coordinator)
        url = reverse("meetings:idea_agenda", args=["ours", idea.pk])
        form = client.get(url).context["form"]
        assert list(form.fields["meeting"].queryset) == [planned_meeting]

        answer = client.post(url, {"meeting": planned_meeting.pk, "title": "A toolkit for members"}, follow=True)
        assert "On the agenda of" in answer.text
        assert Part.objects.get().title == "A toolkit for members"

    def test_page_says_when_no_meeting_is_planned(self, client, idea, coordinator):
        client.force_login(coordinator)
        answer = client.get(reverse("meetings:idea_agenda", args=["ours", idea.pk]))

        assert "There are no planned meetings." in answer.text

    @pytest.mark.parametrize(("date_precision", "is_planned"), [("day", False), ("month", True), ("year", True)])
    def test_meeting_without_exact_day_can_be_selected(
        self, coalition, member, date_precision, is_planned, time_machine
    ):
        time_machine.move_to("2026-11-28", tick=False)
        MeetingFactory(coalition=coalition, starts_on="2026-11-01", precision=date_precision, published=True)

        assert find_planned_meetings(member, coalition).exists() == is_planned


class TestIdeaOutcome:
    def test_outcome_links_back_to_idea(self, idea, coordinator):
        work = JointWorkFactory(coalition=idea.coalition, published=True)
        record_idea_outcome(actor=coordinator, idea=idea, record=work)

        assert get_idea_status(idea) == "became"
        assert list(Link.objects.values_list("from_record", "to_record", "relation")) == [
            (work.pk, idea.pk, "began-as")
        ]

    def test_idea_cannot_be_outcome(self, idea, other_idea, coordinator):
        with pytest.raises(ActionRefused, match="merge"):
            record_idea_outcome(actor=coordinator, idea=idea, record=other_idea)

    def test_draft_cannot_be_outcome(self, idea, coordinator):
        work = JointWorkFactory(coalition=idea.coalition, author=coordinator)
        with pytest.raises(ActionRefused, match="published"):
            record_idea_outcome(actor=coordinator, idea=idea, record=work)

    def test_page_offers_record_created_from_idea(self, client, idea, coordinator):
        work = JointWorkFactory(coalition=idea.coalition, published=True, title="A joint toolkit")
        origin = EntryFactory(coalition=idea.coalition, published=True)
        Link.objects.create(from_record_id=idea.pk, to_record_id=origin.pk, relation="began-as")
        Link.objects.create(from_record_id=work.pk, to_record_id=idea.pk, relation="began-as")
        client.force_login(coordinator)
        url = reverse("meetings:idea_outcome", args=["ours", idea.pk])
        assert work.get_absolute_url() in client.get(url).text

        answer = client.post(url, {"record": f"https://elsewhere.example/{work.pk}"})
        assert (answer.status_code, "No published record was found" in answer.text) == (422, True)
        answer = client.post(url, {"record": work.get_absolute_url()}, follow=True)
        assert "A joint toolkit" in answer.text

    def test_unreadable_outcome_is_not_named(self, client, idea, coordinator):
        work = JointWorkFactory(coalition=idea.coalition, published=True, title="Secret work", label=Label.GREEN)
        record_idea_outcome(actor=coordinator, idea=idea, record=work)
        text = client.get(idea.get_absolute_url()).text

        assert ("Secret work" in text, "Outcome: a record that you cannot read" in text) == (False, True)


class TestDecliningIdea:
    def test_decline_needs_reason_and_shows_it(self, client, idea, coordinator):
        client.force_login(coordinator)
        url = reverse("meetings:idea_decline", args=["ours", idea.pk])
        assert client.post(url, {"reason": ""}).status_code == 422
        answer = client.post(url, {"reason": "There is one already."}, follow=True)

        assert "There is one already." in answer.text
        assert get_idea_status(idea) == "declined"

    def test_answer_can_be_undone(self, idea, coordinator):
        decline_idea(actor=coordinator, idea=idea, reason="No time")
        with pytest.raises(ActionRefused):
            decline_idea(actor=coordinator, idea=idea, reason="No money")
        reopen_idea(actor=coordinator, idea=idea)

        assert get_idea_status(idea) == "open"

    def test_permanent_deletion_erases_idea(self, idea, coordinator, safeguarding_lead):
        decline_idea(actor=coordinator, idea=idea, reason="A reason about somebody")
        Idea.objects.filter(pk=idea.pk).update(state="held")
        purge_record(actor=safeguarding_lead, record=Idea.objects.get())

        assert "somebody" not in Idea.objects.get().declined_because
        assert not idea.supports.exists()


class TestMergingIdeas:
    def test_author_of_other_idea_accepts_merge(self, idea, other_idea, member, delegate, coordinator):
        support_idea(actor=coordinator, idea=idea)
        support_idea(actor=delegate, idea=idea)
        request = request_idea_merge(actor=member, idea=idea, target_idea=other_idea)
        accept_idea_merge(actor=delegate, request=request)

        other_idea.refresh_from_db()
        assert (get_idea_status(idea), other_idea.support_count) == ("merged", 3)
        assert set(other_idea.supports.values_list("person", flat=True)) == {member.pk, delegate.pk, coordinator.pk}
        assert idea.supports.count() == 3
        assert idea.authorships.get().person == member

    def test_merge_is_decided_by_author_or_coordinator(
        self, coalition, idea, other_idea, member, delegate, coordinator
    ):
        third = create_seated_person(coalition, "A third member")
        cases = {member: {delegate, coordinator}, delegate: {member, coordinator}, third: {coordinator}}
        for asker, deciders in cases.items():
            request = request_idea_merge(actor=asker, idea=idea, target_idea=other_idea)
            found = {
                each
                for each in (member, delegate, coordinator, third)
                if can_decide_merge(ViewerContext(each), request)
            }
            assert found == deciders
            MergeRequest.objects.all().delete()

    def test_author_of_both_ideas_merges_alone(self, coalition, idea, other_idea, member, delegate):
        second = suggest_idea(actor=member, coalition=coalition, title="Write a short one", label=Label.CLEAR)
        request = request_idea_merge(actor=member, idea=idea, target_idea=second)

        assert (
            can_decide_merge(ViewerContext(member), request),
            can_decide_merge(ViewerContext(delegate), request),
        ) == (
            True,
            False,
        )

    def test_others_cannot_accept_merge(self, idea, other_idea, member):
        request = request_idea_merge(actor=member, idea=idea, target_idea=other_idea)
        with pytest.raises(PermissionDenied):
            accept_idea_merge(actor=member, request=request)
        assert get_idea_status(idea) == "open"

    def test_declined_merge_keeps_both_ideas(self, idea, other_idea, member, delegate):
        request = request_idea_merge(actor=member, idea=idea, target_idea=other_idea)
        decline_idea_merge(actor=delegate, request=request)
        with pytest.raises(ActionRefused):
            accept_idea_merge(actor=delegate, request=request)
        assert (get_idea_status(idea), get_idea_status(other_idea)) == ("open", "open")

    def test_repeated_acceptance_merges_once(self, idea, other_idea, member, delegate):
        request = request_idea_merge(actor=member, idea=idea, target_idea=other_idea)
        accept_idea_merge(actor=delegate, request=request)
        accept_idea_merge(actor=delegate, request=MergeRequest.objects.get())

        assert Activity.objects.filter(verb="merged", kind="idea").count() == 1

    def test_chain_of_merges_leads_to_last_idea(self, coalition, idea, other_idea, member, delegate, coordinator):
        last = suggest_idea(actor=coordinator, coalition=coalition, title="Write a book", label=Label.CLEAR)
        for first, second in ((idea, other_idea), (other_idea, last)):
            merge_request = request_idea_merge(actor=member, idea=first, target_idea=second)
            accept_idea_merge(actor=coordinator, request=merge_request)

        assert set(Idea.objects.values_list("title", "merged_into__title")) == {
            ("Write a toolkit", "Write a book"),
            ("Write a leaflet", "Write a book"),
            ("Write a book", None),
        }

    def test_members_only_idea_is_not_merged_into_public_one(self, idea, delegate, coalition):
        closed = suggest_idea(actor=delegate, coalition=coalition, title="Among us", label=Label.GREEN)
        with pytest.raises(ActionRefused, match="Everyone can read the other"):
            request_idea_merge(actor=delegate, idea=closed, target_idea=idea)

    def test_idea_cannot_be_merged_into_itself(self, idea, member):
        with pytest.raises(ActionRefused, match="Choose another idea"):
            request_idea_merge(actor=member, idea=idea, target_idea=idea)

    def test_merged_idea_links_to_other_and_credits_authors(self, client, idea, other_idea, member, delegate):
        client.force_login(member)
        url = reverse("meetings:idea_merge", args=["ours", idea.pk])
        client.post(url, {"into": other_idea.pk})
        client.force_login(delegate)
        page = client.get(other_idea.get_absolute_url()).text
        assert "Merge ideas" in page
        client.post(reverse("meetings:merge_accept", args=["ours", MergeRequest.objects.get().pk]))

        assert "Merged into" in client.get(idea.get_absolute_url()).text
        page = client.get(other_idea.get_absolute_url()).text
        assert ("Ideas merged into this one" in page, "Write a toolkit" in page, "A member" in page) == (True,) * 3


class TestIdeaTasks:
    def test_coordinator_has_task_until_next_meeting(self, idea, other_idea, planned_meeting, coordinator, member):
        def list_idea_tasks(person):
            return [(task.title, task.due) for task in get_tasks(Standing(person, Coalition.objects.get(slug="ours")))]

        assert ("2 ideas to answer", planned_meeting.starts_on) in list_idea_tasks(coordinator)
        assert [title for title, _due in list_idea_tasks(member) if "idea" in title] == []
        decline_idea(actor=coordinator, idea=idea, reason="No time")
        assert ("1 idea to answer", planned_meeting.starts_on) in list_idea_tasks(coordinator)

    def test_author_of_other_idea_has_merge_task(self, idea, other_idea, member, delegate):
        request_idea_merge(actor=member, idea=idea, target_idea=other_idea)
        title = "Decide whether to merge “Write a toolkit” with another idea"

        def has_merge_request_task(person):
            return title in [task.title for task in get_tasks(Standing(person, idea.coalition))]

        assert (has_merge_request_task(delegate), has_merge_request_task(member)) == (True, False)


class TestIdeaNotifications:
    @pytest.fixture(autouse=True)
    def support_idea_and_notify(self, idea, delegate):
        support_idea(actor=delegate, idea=idea)
        send_notifications_after_delay()

    def test_agenda_item_notifies_author_and_supporters(self, idea, planned_meeting, coordinator, member, delegate):
        put_idea_on_agenda(actor=coordinator, idea=idea, meeting=planned_meeting)

        assert list_idea_emails() == sorted(
            (person.email, "On the agenda: Write a toolkit") for person in (member, delegate)
        )
        assert "is on the agenda of “Next call”" in Message.objects.first().body

    def test_declined_idea_notifies_author_and_supporters(self, idea, coordinator, member, delegate):
        decline_idea(actor=coordinator, idea=idea, reason="There is one already.")

        assert list_idea_emails() == sorted(
            (person.email, "Idea declined: Write a toolkit") for person in (member, delegate)
        )
        assert "There is one already." in Message.objects.first().body

    def test_outcome_notifies_author_and_supporters(self, idea, coordinator, member, delegate):
        work = JointWorkFactory(coalition=idea.coalition, published=True, title="A joint toolkit")
        record_idea_outcome(actor=coordinator, idea=idea, record=work)

        subject = "Your idea has been taken up: Write a toolkit"
        assert list_idea_emails() == sorted((person.email, subject) for person in (member, delegate))
        assert "A joint toolkit" in Message.objects.first().body

    def test_restricted_outcome_is_not_named(self, idea, coordinator):
        work = JointWorkFactory(coalition=idea.coalition, published=True, title="Secret work", label=Label.GREEN)
        record_idea_outcome(actor=coordinator, idea=idea, record=work)
        list_idea_emails()

        assert "Secret work" not in Message.objects.first().body

    def test_merge_request_and_merge_notify_authors(self, idea, other_idea, member, delegate, coordinator):
        send_notifications_after_delay()
        request = request_idea_merge(actor=member, idea=idea, target_idea=other_idea)
        subject = "Request to merge ideas: Write a toolkit"
        assert list_idea_emails() == sorted([(coordinator.email, subject), (delegate.email, subject)])

        accept_idea_merge(actor=coordinator, request=request)
        subject = "Ideas merged: Write a toolkit"
        assert list_idea_emails() == sorted([(member.email, subject), (delegate.email, subject)])

    def test_declined_merge_request_notifies_requester(self, idea, other_idea, member, delegate):
        request = request_idea_merge(actor=member, idea=idea, target_idea=other_idea)
        send_notifications_after_delay()
        decline_idea_merge(actor=delegate, request=request)

        assert list_idea_emails() == [(member.email, "Request declined: Write a toolkit")]

    def test_reopened_idea_notifies_author_and_supporters(self, idea, coordinator, member, delegate):
        decline_idea(actor=coordinator, idea=idea, reason="No time")
        send_notifications_after_delay()
        reopen_idea(actor=coordinator, idea=idea)

        assert list_idea_emails() == sorted(
            (person.email, "Idea reopened: Write a toolkit") for person in (member, delegate)
        )

    def test_withdrawn_idea_is_not_quoted_in_email(self, idea, coordinator, member, delegate):
        withdraw_record(actor=coordinator, record=idea, reason="It names somebody")

        subject = "An idea has been withdrawn"
        assert list_idea_emails() == sorted((person.email, subject) for person in (member, delegate))
        body = Message.objects.first().body
        assert ("toolkit" in body, "names somebody" in body) == (False, False)
