"""Asking others to take part, pledges of organisations, what came of them, and the year in one page."""

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
from tests.events.conftest import TOLD
from tests.factories import ItemFactory, PledgeFactory

pytestmark = pytest.mark.django_db


def page_of(name, occurrence):
    return reverse(f"events:{name}", args=[occurrence.event.coalition.slug, occurrence.event_id, occurrence.pk])


class TestPledging:
    def test_a_pledge_twice_is_one_pledge(self, called, pledge):
        token = "6d1cbe8e-55ad-4a0e-9b57-d5d4b8e7b3f1"

        assert pledge(called, "We sing.", token=token) == pledge(called, "We dance.", token=token)
        assert pledge(called, " We sing. ") == pledge(called, "We sing.")
        assert list(Activity.objects.filter(kind="pledge").values_list("verb", flat=True)) == ["pledged"]

    def test_the_database_keeps_that_the_same_is_pledged_once(self, called, pledge):
        one = pledge(called, "We sing.")
        with pytest.raises(IntegrityError), transaction.atomic():
            Pledge.objects.create(
                occurrence=called,
                organisation=one.organisation,
                capacity=one.capacity,
                person=one.person,
                activity="We sing.",
            )

    def test_nobody_pledges_for_another(self, called, member, organisation):
        with pytest.raises(PermissionDenied, match="once it has confirmed"):
            actions.pledge(
                actor=member, occurrence=called, organisation=organisation, promise=PledgeDetails("We sing.")
            )

    def test_a_coordinator_does_not_pledge_for_anybody(self, called, coordinator, organisation):
        with pytest.raises(PermissionDenied):
            actions.pledge(
                actor=coordinator, occurrence=called, organisation=organisation, promise=PledgeDetails("Sing.")
            )

    def test_whoever_spoke_for_it_once_does_not_today(self, called, delegate, organisation, pledge):
        given = pledge(called)
        delegate.affiliations.update(ends_on=timezone.localdate() - timedelta(days=1))
        with pytest.raises(PermissionDenied):
            pledge(called, "More.")
        with pytest.raises(PermissionDenied):
            actions.withdraw_pledge(actor=delegate, pledge=given)

    def test_before_the_call_and_after_its_end_nothing_is_pledged_and_what_was_written_stays(
        self, client, called, delegate, occurrence
    ):
        client.force_login(delegate)
        type(called).objects.filter(pk=called.pk).update(starts_on="2026-01-01", ends_on="2026-01-01")
        answer = client.post(page_of("pledge_new", called), {"activity": "We hold a workshop."})

        assert (answer.status_code, "Pledges were possible until" in answer.text) == (422, True)
        assert "We hold a workshop." in answer.text

    def test_one_can_pledge_until_the_day_has_ended_everywhere_on_earth(self, occurrence, call, pledge):
        called = call(occurrence)
        end = called.ends_on + timedelta(days=1)
        with time_machine.travel(f"{end}T11:30Z"):
            assert pledge(called).stands
        with time_machine.travel(f"{end}T12:30Z"), pytest.raises(ActionRefused, match="Pledges were possible until"):
            pledge(called, "Later.")

    @pytest.mark.parametrize(
        ("promise", "sentence"),
        [
            (PledgeDetails(" "), "Describe in a sentence what your organisation will do."),
            (PledgeDetails("x" * 4001), "Use at most 4000 characters."),
            (PledgeDetails("We sing.", country="AN"), "This one is not a country today"),
        ],
    )
    def test_what_is_no_pledge_is_refused_with_a_sentence(self, called, delegate, organisation, promise, sentence):
        with pytest.raises(ActionRefused, match=sentence):
            actions.pledge(actor=delegate, occurrence=called, organisation=organisation, promise=promise)

    def test_a_pledge_is_changed_and_whoever_was_slower_is_told(self, called, pledge, delegate):
        given = pledge(called)
        changed = actions.change_pledge(actor=delegate, pledge=given, promise=PledgeDetails("We sing."), from_version=1)

        assert (changed.activity, changed.version) == ("We sing.", 2)
        with pytest.raises(EditConflict):
            actions.change_pledge(actor=delegate, pledge=given, promise=PledgeDetails("We dance."), from_version=1)

    def test_a_pledge_is_not_changed_into_another_one(self, called, pledge, delegate):
        pledge(called, "We sing.")
        given = pledge(called, "We dance.")
        with pytest.raises(ActionRefused, match="already made this pledge"):
            actions.change_pledge(actor=delegate, pledge=given, promise=PledgeDetails("We sing."), from_version=1)

    def test_what_was_taken_back_is_shown_no_more_and_is_not_found(self, client, coalition, called, pledge, delegate):
        given = pledge(called, "We hold an octopus workshop.")
        assert index.search(coalition, delegate, "octopus").hits
        for _twice in range(2):
            actions.withdraw_pledge(actor=delegate, pledge=given)

        assert not index.search(coalition, delegate, "octopus").hits
        assert "octopus" not in client.get(page_of("pledge_list", called)).text
        assert Activity.objects.filter(kind="pledge", verb="took-back").count() == 1
        with pytest.raises(ActionRefused, match="withdrawn"):
            actions.change_pledge(actor=delegate, pledge=given, promise=PledgeDetails("x"), from_version=1)

    def test_what_is_withdrawn_takes_no_pledge(self, called, pledge, coordinator):
        withdraw_record(actor=coordinator, record=called.event, reason="By mistake")
        with pytest.raises(PermissionDenied):
            pledge(called)

    def test_it_takes_a_minute_on_the_page(self, client, called, delegate, organisation):
        client.force_login(delegate)
        answer = client.post(page_of("pledge_new", called), {"activity": "We hold a workshop.", "country": "KE"})

        assert answer.status_code == 302
        assert Pledge.objects.values_list("organisation", "country").get() == (organisation.pk, "KE")
        shown = client.get(page_of("occurrence_detail", called)).text
        assert "We hold a workshop." in shown

    @pytest.mark.parametrize("role", ["press@example.org", "+254 700 123456"])
    def test_a_contact_is_a_role_and_no_address(self, client, called, delegate, role):
        client.force_login(delegate)
        answer = client.post(page_of("pledge_new", called), {"activity": "We sing.", "contact_role": role})

        assert (answer.status_code, "without an email address" in answer.text) == (422, True)

    def test_a_pledge_is_changed_and_taken_back_on_its_pages_by_those_who_speak_alone(
        self, client, called, pledge, delegate, member
    ):
        given = pledge(called)
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


class TestAfterwards:
    def test_nothing_is_told_of_what_is_still_to_come(self, called, pledge, delegate):
        with pytest.raises(ActionRefused, match="Report the outcome afterwards"):
            actions.give_feedback(actor=delegate, pledge=pledge(called), told=TOLD)

    def test_what_was_done_is_told_once_and_told_anew(self, told, delegate):
        anew = TOLD | {"reached": 300}
        changed = actions.give_feedback(actor=delegate, pledge=told.pledge, told=anew, from_version=1)

        assert (changed.reached, changed.version) == (300, 2)
        with pytest.raises(EditConflict):
            actions.give_feedback(actor=delegate, pledge=told.pledge, told=TOLD, from_version=1)

    def test_whoever_had_pledged_nothing_tells_it_all_the_same_and_once(self, told, delegate, organisation):
        again = actions.report_participation(
            actor=delegate,
            occurrence=told.pledge.occurrence,
            organisation=organisation,
            promise=PledgeDetails("We held it.", country="KE"),
            told=TOLD,
        )

        assert again == told
        assert Pledge.objects.count() == 1

    def test_the_year_stands_in_one_page(self, client, told, held):
        shown = client.get(page_of("year_detail", held)).text

        assert "We held it." in shown
        assert "250" in shown
        assert "Was it worth the effort?" in shown
        assert "Kenya" in shown

    def test_next_years_call_shows_last_years_voices_where_they_may_be_quoted(self, client, told, call, occurrence):
        called = call(occurrence)
        assert "A good day." in client.get(page_of("occurrence_detail", called)).text

        Feedback.objects.update(may_be_quoted=False)
        caches["pages"].clear()
        assert "A good day." not in client.get(page_of("occurrence_detail", called)).text

    def test_it_is_told_on_its_page_with_the_three_questions(self, client, told, delegate):
        client.force_login(delegate)
        page = reverse("events:feedback", args=["ours", told.pledge_id])
        assert "Would you take part again?" in client.get(page).text
        sent = {"done": "We held two.", "would_again": "4", "version": 1}
        assert client.post(page, sent).status_code == 302
        assert Feedback.objects.values_list("done", "would_again", "was_worth_it").get() == ("We held two.", 4, None)
        stale = client.post(page, sent | {"done": "Three."})
        assert (stale.status_code, "Three." in stale.text) == (409, True)
        wrong = client.post(page, sent | {"reached": "many"})
        assert (wrong.status_code, "Enter a number, such as 250." in wrong.text) == (422, True)

    def test_whoever_took_part_tells_so_on_the_page_of_the_year(self, client, held, delegate):
        client.force_login(delegate)
        assert "Report that your organisation took part" in client.get(page_of("year_detail", held)).text
        answer = client.post(page_of("took_part", held), {"done": "We held it.", "country": "KE", "version": 0})

        assert answer.status_code == 302
        assert Pledge.objects.values_list("activity", "country", "feedback__done").get() == (
            *("We held it.", "KE"),
            "We held it.",
        )

    def test_what_is_still_to_come_is_pledged_and_not_told(self, client, occurrence, delegate):
        client.force_login(delegate)
        answer = client.post(page_of("took_part", occurrence), {"done": "We held it.", "version": 0})

        assert (answer.status_code, "The event has not taken place." in answer.text) == (422, True)


class TestPages:
    def test_a_country_that_no_longer_exists_is_named_as_it_was_written(self, client, called):
        PledgeFactory(occurrence=called, country="AN")
        PledgeFactory(occurrence=called, country="KE")
        PledgeFactory(occurrence=called)
        shown = client.get(page_of("pledge_list", called)).text

        assert "AN, no longer a country" in shown
        assert "No country given" in shown
        narrowed = client.get(page_of("pledge_list", called) + "?country=KE").text
        assert narrowed.count('<li id="p') == 1

    def test_groups_are_those_of_the_day_of_the_pledge(self, client, called, pledge, organisation):
        organisation.stakeholder_group = "government"
        organisation.save()
        pledge(called)
        organisation.stakeholder_group = "other"
        organisation.save()

        groups = client.get(page_of("pledge_list", called)).context["groups"]
        assert [(row.name, row.number) for row in groups if row.number] == [("Government", 1)]

    @pytest.mark.parametrize("count", [1, 3])
    def test_pledges_cost_the_same_however_many_there_are(self, client, called, django_assert_num_queries, count):
        for code in ("KE", "BR", "FR")[:count]:
            PledgeFactory(occurrence=called, country=code)
        with django_assert_num_queries(5):
            answer = client.get(page_of("pledge_list", called))

        assert answer.text.count('<li id="p') == count

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_page_of_a_date_costs_the_same(self, client, called, django_assert_num_queries, count):
        for code in ("KE", "BR", "FR")[:count]:
            PledgeFactory(occurrence=called, country=code)
            called.hosts.create(country=code, name=f"Committee {code}")
            called.materials.add(ItemFactory(coalition=called.event.coalition, published=True))
        with django_assert_num_queries(6):
            answer = client.get(page_of("occurrence_detail", called))

        assert answer.text.count("Committee") == count

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_year_costs_the_same(self, client, held, django_assert_num_queries, count):
        for _number in range(count):
            pledge = PledgeFactory(occurrence=held, country="KE")
            Feedback.objects.create(pledge=pledge, person=pledge.person, **TOLD)
        with django_assert_num_queries(7):
            answer = client.get(page_of("year_detail", held))

        assert answer.text.count("We held it.") == count

    def test_hosts_are_added_and_taken_out_on_their_page(self, client, called, rapporteur):
        client.force_login(rapporteur)
        client.post(page_of("host_list", called), {"country": "KE", "name": "A committee"})
        host = called.hosts.get()
        assert "A committee" in client.get(page_of("occurrence_detail", called)).text
        client.post(reverse("events:host_remove", args=["ours", called.event_id, called.pk, host.pk]))

        assert not called.hosts.exists()

    def test_members_read_what_is_for_members(self, client, announce, member, outsider):
        event = announce("Members only", label=Label.GREEN)
        page = page_of("occurrence_detail", event.occurrences.get())
        assert client.get(page).status_code == 404
        client.force_login(outsider)
        assert client.get(page).status_code == 404
        client.force_login(member)
        assert client.get(page).status_code == 200


def test_the_desk_asks_whoever_speaks_to_take_part_and_afterwards_how_it_was(
    called, pledge, delegate, member, coalition
):
    def deeds(person):
        caches["pages"].clear()
        return [item.title.partition(":")[0] for item in get_tasks(Standing(person, coalition))]

    assert deeds(member) == []
    assert deeds(delegate) == ["Pledge what your organisation will do"]
    pledge(called)
    assert deeds(delegate) == []
    with time_machine.travel(called.ends_on + timedelta(days=3)):
        assert deeds(delegate) == ["Report how it went"]
    with time_machine.travel(called.ends_on + timedelta(days=150)):
        assert deeds(delegate) == []
