"""Pledges of organisations, feedback, and the page of a year."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.events import actions
from jukwaa.events.actions import PledgeDetails
from jukwaa.events.models import Feedback, Pledge
from jukwaa.home.tasks_page import get_tasks
from jukwaa.records import index
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Label
from tests.events.conftest import FEEDBACK_DATA
from tests.factories import ItemFactory, PledgeFactory

pytestmark = pytest.mark.django_db


def build_occurrence_url(route_name, occurrence):
    return reverse(f"events:{route_name}", args=[occurrence.event.coalition.slug, occurrence.event_id, occurrence.pk])


class TestMakingPledges:
    def test_repeated_pledge_is_saved_once(self, occurrence_with_call, make_pledge):
        token = "6d1cbe8e-55ad-4a0e-9b57-d5d4b8e7b3f1"

        assert make_pledge(occurrence_with_call, "We sing.", token=token) == make_pledge(
            occurrence_with_call, "We dance.", token=token
        )
        assert make_pledge(occurrence_with_call, " We sing. ") == make_pledge(occurrence_with_call, "We sing.")
        assert list(Activity.objects.filter(kind="pledge").values_list("verb", flat=True)) == ["pledged"]

    def test_database_rejects_duplicate_pledge(self, occurrence_with_call, make_pledge):
        one = make_pledge(occurrence_with_call, "We sing.")
        with pytest.raises(IntegrityError), transaction.atomic():
            Pledge.objects.create(
                occurrence=occurrence_with_call,
                organisation=one.organisation,
                capacity=one.capacity,
                person=one.person,
                activity="We sing.",
            )

    def test_member_cannot_pledge_for_other_organisation(self, occurrence_with_call, member, organisation):
        with pytest.raises(PermissionDenied, match="Only confirmed representatives of an organisation"):
            actions.pledge(
                actor=member,
                occurrence=occurrence_with_call,
                organisation=organisation,
                promise=PledgeDetails("We sing."),
            )

    def test_coordinator_cannot_pledge_for_members(self, occurrence_with_call, coordinator, organisation):
        with pytest.raises(PermissionDenied):
            actions.pledge(
                actor=coordinator,
                occurrence=occurrence_with_call,
                organisation=organisation,
                promise=PledgeDetails("Sing."),
            )

    def test_former_representative_cannot_pledge(self, occurrence_with_call, delegate, organisation, make_pledge):
        given = make_pledge(occurrence_with_call)
        delegate.affiliations.update(ends_on=timezone.localdate() - timedelta(days=1))
        with pytest.raises(PermissionDenied):
            make_pledge(occurrence_with_call, "More.")
        with pytest.raises(PermissionDenied):
            actions.withdraw_pledge(actor=delegate, pledge=given)

    def test_pledge_outside_call_period_is_refused_and_kept(self, client, occurrence_with_call, delegate, occurrence):
        client.force_login(delegate)
        type(occurrence_with_call).objects.filter(pk=occurrence_with_call.pk).update(
            starts_on="2026-01-01", ends_on="2026-01-01"
        )
        answer = client.post(
            build_occurrence_url("pledge_new", occurrence_with_call), {"activity": "We hold a workshop."}
        )

        assert (answer.status_code, "The last day for pledges was" in answer.text) == (422, True)
        assert "We hold a workshop." in answer.text

    def test_call_is_open_until_day_ends_everywhere(self, occurrence, open_call_for_pledges, make_pledge):
        called = open_call_for_pledges(occurrence)
        end = called.ends_on + timedelta(days=1)
        with time_machine.travel(f"{end}T11:30Z"):
            assert make_pledge(called).stands
        with time_machine.travel(f"{end}T12:30Z"), pytest.raises(ActionRefused, match="The last day for pledges was"):
            make_pledge(called, "Later.")

    @pytest.mark.parametrize(
        ("promise", "expected_sentence"),
        [
            (PledgeDetails(" "), "Describe in a sentence what your organisation will do."),
            (PledgeDetails("x" * 4001), "Use at most 4000 characters."),
            (PledgeDetails("We sing.", country="AN"), "It contains only countries that exist today"),
        ],
    )
    def test_invalid_pledge_is_refused_with_message(
        self, occurrence_with_call, delegate, organisation, promise, expected_sentence
    ):
        with pytest.raises(ActionRefused, match=expected_sentence):
            actions.pledge(actor=delegate, occurrence=occurrence_with_call, organisation=organisation, promise=promise)

    def test_concurrent_edit_of_pledge_raises_conflict(self, occurrence_with_call, make_pledge, delegate):
        given = make_pledge(occurrence_with_call)
        changed = actions.change_pledge(actor=delegate, pledge=given, promise=PledgeDetails("We sing."), from_version=1)

        assert (changed.activity, changed.version) == ("We sing.", 2)
        with pytest.raises(EditConflict):
            actions.change_pledge(actor=delegate, pledge=given, promise=PledgeDetails("We dance."), from_version=1)

    def test_pledge_cannot_become_duplicate(self, occurrence_with_call, make_pledge, delegate):
        make_pledge(occurrence_with_call, "We sing.")
        given = make_pledge(occurrence_with_call, "We dance.")
        with pytest.raises(ActionRefused, match="already made this pledge"):
            actions.change_pledge(actor=delegate, pledge=given, promise=PledgeDetails("We sing."), from_version=1)

    def test_withdrawn_pledge_is_not_shown_or_found(
        self, client, coalition, occurrence_with_call, make_pledge, delegate
    ):
        given = make_pledge(occurrence_with_call, "We hold an octopus workshop.")
        assert index.search_records(coalition, delegate, "octopus").hits
        for _twice in range(2):
            actions.withdraw_pledge(actor=delegate, pledge=given)

        assert not index.search_records(coalition, delegate, "octopus").hits
        assert "octopus" not in client.get(build_occurrence_url("pledge_list", occurrence_with_call)).text
        assert Activity.objects.filter(kind="pledge", verb="took-back").count() == 1
        with pytest.raises(ActionRefused, match="withdrawn"):
            actions.change_pledge(actor=delegate, pledge=given, promise=PledgeDetails("x"), from_version=1)

    def test_withdrawn_event_accepts_no_pledge(self, occurrence_with_call, make_pledge, coordinator):
        withdraw_record(actor=coordinator, record=occurrence_with_call.event, reason="By mistake")
        with pytest.raises(PermissionDenied):
            make_pledge(occurrence_with_call)

    def test_pledge_is_made_on_page(self, client, occurrence_with_call, delegate, organisation):
        client.force_login(delegate)
        answer = client.post(
            build_occurrence_url("pledge_new", occurrence_with_call),
            {"activity": "We hold a workshop.", "country": "KE"},
        )

        assert answer.status_code == 302
        assert Pledge.objects.values_list("organisation", "country").get() == (organisation.pk, "KE")
        shown = client.get(build_occurrence_url("occurrence_detail", occurrence_with_call)).text
        assert "We hold a workshop." in shown

    @pytest.mark.parametrize("contact_role", ["press@example.org", "+254 700 123456"])
    def test_contact_is_role_without_address(self, client, occurrence_with_call, delegate, contact_role):
        client.force_login(delegate)
        answer = client.post(
            build_occurrence_url("pledge_new", occurrence_with_call),
            {"activity": "We sing.", "contact_role": contact_role},
        )

        assert (answer.status_code, "without an email address" in answer.text) == (422, True)

    def test_only_representatives_edit_or_withdraw_pledge(
        self, client, occurrence_with_call, make_pledge, delegate, member
    ):
        given = make_pledge(occurrence_with_call)
        pages = [
            reverse(f"events:{name}", args=["ours", given.pk])
            for name in ("pledge_edit", "pledge_take_back", "feedback")
        ]
        client.force_login(member)
        assert [client.get(page).status_code for page in pages] == [403, 403, 403]
        client.force_login(delegate)
        assert client.post(pages[0], {"activity": "We sing.", "version": 1}).status_code == 302
        stale = client.post(pages[0], {"activity": "We dance.", "version": 1})
        assert (stale.status_code, "We sing." in stale.text, "We dance." in stale.text) == (409, True, True)
        assert client.get(pages[1]).status_code == 200
        assert client.post(pages[1]).status_code == 302
        assert not Pledge.objects.standing().exists()


class TestPledgeFeedback:
    def test_feedback_is_refused_before_the_date(self, occurrence_with_call, make_pledge, delegate):
        with pytest.raises(ActionRefused, match="Report the outcome afterwards"):
            actions.give_pledge_feedback(
                actor=delegate, pledge=make_pledge(occurrence_with_call), details=FEEDBACK_DATA
            )

    def test_feedback_is_saved_once_and_can_be_edited(self, reported_pledge, delegate):
        anew = FEEDBACK_DATA | {"reached": 300}
        changed = actions.give_pledge_feedback(
            actor=delegate, pledge=reported_pledge.pledge, details=anew, from_version=1
        )

        assert (changed.reached, changed.version) == (300, 2)
        with pytest.raises(EditConflict):
            actions.give_pledge_feedback(
                actor=delegate, pledge=reported_pledge.pledge, details=FEEDBACK_DATA, from_version=1
            )

    def test_feedback_without_pledge_is_saved_once(self, reported_pledge, delegate, organisation):
        again = actions.report_event_participation(
            actor=delegate,
            occurrence=reported_pledge.pledge.occurrence,
            organisation=organisation,
            promise=PledgeDetails("We held it.", country="KE"),
            told=FEEDBACK_DATA,
        )

        assert again == reported_pledge
        assert Pledge.objects.count() == 1

    def test_year_is_shown_on_one_page(self, client, reported_pledge, past_occurrence):
        shown = client.get(build_occurrence_url("year_detail", past_occurrence)).text

        assert "We held it." in shown
        assert "250" in shown
        assert "Was it worth the effort?" in shown
        assert "Kenya" in shown

    def test_next_call_quotes_feedback_with_permission(
        self, client, reported_pledge, open_call_for_pledges, occurrence
    ):
        called = open_call_for_pledges(occurrence)
        assert "A good day." in client.get(build_occurrence_url("occurrence_detail", called)).text

        Feedback.objects.update(may_be_quoted=False)
        caches["pages"].clear()
        assert "A good day." not in client.get(build_occurrence_url("occurrence_detail", called)).text

    def test_feedback_form_has_three_questions(self, client, reported_pledge, delegate):
        client.force_login(delegate)
        page = reverse("events:feedback", args=["ours", reported_pledge.pledge_id])
        assert "Would you take part again?" in client.get(page).text
        sent = {"done": "We held two.", "would_again": "4", "version": 1}
        assert client.post(page, sent).status_code == 302
        assert Feedback.objects.values_list("done", "would_again", "was_worth_it").get() == ("We held two.", 4, None)
        stale = client.post(page, sent | {"done": "Three."})
        assert (stale.status_code, "Three." in stale.text) == (409, True)
        wrong = client.post(page, sent | {"reached": "many"})
        assert (wrong.status_code, "Enter a number, such as 250." in wrong.text) == (422, True)

    def test_year_page_offers_feedback_to_participants(self, client, past_occurrence, delegate):
        client.force_login(delegate)
        assert (
            "Report that your organisation took part"
            in client.get(build_occurrence_url("year_detail", past_occurrence)).text
        )
        answer = client.post(
            build_occurrence_url("took_part", past_occurrence), {"done": "We held it.", "country": "KE", "version": 0}
        )

        assert answer.status_code == 302
        assert Pledge.objects.values_list("activity", "country", "feedback__done").get() == (
            *("We held it.", "KE"),
            "We held it.",
        )

    def test_upcoming_date_offers_pledge_instead_of_feedback(self, client, occurrence, delegate):
        client.force_login(delegate)
        answer = client.post(build_occurrence_url("took_part", occurrence), {"done": "We held it.", "version": 0})

        assert (answer.status_code, "The event has not taken place yet." in answer.text) == (422, True)


class TestPledgePages:
    def test_former_country_keeps_its_name(self, client, occurrence_with_call):
        PledgeFactory(occurrence=occurrence_with_call, country="AN")
        PledgeFactory(occurrence=occurrence_with_call, country="KE")
        PledgeFactory(occurrence=occurrence_with_call)
        shown = client.get(build_occurrence_url("pledge_list", occurrence_with_call)).text

        assert "AN, no longer a country" in shown
        assert "No country given" in shown
        narrowed = client.get(build_occurrence_url("pledge_list", occurrence_with_call) + "?country=KE").text
        assert narrowed.count('<li id="p') == 1

    def test_pledge_keeps_groups_of_its_day(self, client, occurrence_with_call, make_pledge, organisation):
        organisation.stakeholder_group = "government"
        organisation.save()
        make_pledge(occurrence_with_call)
        organisation.stakeholder_group = "other"
        organisation.save()

        groups = client.get(build_occurrence_url("pledge_list", occurrence_with_call)).context["groups"]
        assert [(row.name, row.number) for row in groups if row.number] == [("Government", 1)]

    @pytest.mark.parametrize("count", [1, 3])
    def test_pledges_query_count_is_constant(self, client, occurrence_with_call, django_assert_num_queries, count):
        for code in ("KE", "BR", "FR")[:count]:
            PledgeFactory(occurrence=occurrence_with_call, country=code)
        with django_assert_num_queries(5):
            answer = client.get(build_occurrence_url("pledge_list", occurrence_with_call))

        assert answer.text.count('<li id="p') == count

    @pytest.mark.parametrize("count", [1, 3])
    def test_date_page_query_count_is_constant(self, client, occurrence_with_call, django_assert_num_queries, count):
        for code in ("KE", "BR", "FR")[:count]:
            PledgeFactory(occurrence=occurrence_with_call, country=code)
            occurrence_with_call.hosts.create(country=code, name=f"Committee {code}")
            occurrence_with_call.materials.add(
                ItemFactory(coalition=occurrence_with_call.event.coalition, published=True)
            )
        with django_assert_num_queries(6):
            answer = client.get(build_occurrence_url("occurrence_detail", occurrence_with_call))

        assert answer.text.count("Committee") == count

    @pytest.mark.parametrize("count", [1, 3])
    def test_year_page_query_count_is_constant(self, client, past_occurrence, django_assert_num_queries, count):
        for _number in range(count):
            pledge = PledgeFactory(occurrence=past_occurrence, country="KE")
            Feedback.objects.create(pledge=pledge, person=pledge.person, **FEEDBACK_DATA)
        with django_assert_num_queries(7):
            answer = client.get(build_occurrence_url("year_detail", past_occurrence))

        assert answer.text.count("We held it.") == count

    def test_hosts_are_added_and_removed_on_page(self, client, occurrence_with_call, rapporteur):
        client.force_login(rapporteur)
        client.post(build_occurrence_url("host_list", occurrence_with_call), {"country": "KE", "name": "A committee"})
        host = occurrence_with_call.hosts.get()
        assert "A committee" in client.get(build_occurrence_url("occurrence_detail", occurrence_with_call)).text
        client.post(
            reverse(
                "events:host_remove", args=["ours", occurrence_with_call.event_id, occurrence_with_call.pk, host.pk]
            )
        )

        assert not occurrence_with_call.hosts.exists()

    def test_members_read_event_for_members(self, client, announce_event, member, outsider):
        event = announce_event("Members only", label=Label.GREEN)
        page = build_occurrence_url("occurrence_detail", event.occurrences.get())
        assert client.get(page).status_code == 404
        client.force_login(outsider)
        assert client.get(page).status_code == 404
        client.force_login(member)
        assert client.get(page).status_code == 200


def test_tasks_ask_representative_to_pledge_and_give_feedback(
    occurrence_with_call, make_pledge, delegate, member, coalition
):
    def list_pledge_tasks(person):
        caches["pages"].clear()
        return [item.title.partition(":")[0] for item in get_tasks(Standing(person, coalition))]

    assert list_pledge_tasks(member) == []
    assert list_pledge_tasks(delegate) == ["Pledge what your organisation will do"]
    make_pledge(occurrence_with_call)
    assert list_pledge_tasks(delegate) == []
    with time_machine.travel(occurrence_with_call.ends_on + timedelta(days=3)):
        assert list_pledge_tasks(delegate) == ["Report how it went"]
    with time_machine.travel(occurrence_with_call.ends_on + timedelta(days=150)):
        assert list_pledge_tasks(delegate) == []
