"""Commitments of past meetings without an outcome: one task for all, and one form in which several are updated."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Role
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.home.tasks_page import get_tasks
from jukwaa.meetings import actions, past_commitments, policies
from jukwaa.meetings.actions.commitment_outcomes import ChosenProgress
from jukwaa.meetings.models import Commitment, CommitmentChange, Entry
from jukwaa.meetings.past_commitments import find_past_commitments, find_updatable_commitments
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.factories import (
    CapacityFactory,
    CommitmentFactory,
    EntryFactory,
    MeetingFactory,
    PersonFactory,
    RoleFactory,
)

TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=400)


@pytest.fixture
def outcomes_url():
    return reverse("meetings:commitment_outcomes", args=["ours"])


@pytest.fixture
def create_commitments(coalition, organisation):
    """Commitments of one meeting, by default an old one, with an owner that is a member."""

    def create(count, *, held_on=LONG_AGO, title="Translate page", **fields):
        meeting = MeetingFactory(coalition=coalition, title="Spring call", starts_on=held_on, published=True)
        fields = {
            "owner": CapacityFactory(coalition=coalition, organisation=organisation, name=organisation.name),
            "due_on": LONG_AGO + timedelta(days=30),
        } | fields
        entries = [
            EntryFactory(
                coalition=coalition, meeting=meeting, kind="commitment", title=f"{title} {number}", published=True
            )
            for number in range(1, count + 1)
        ]
        return [CommitmentFactory(entry=entry, **fields) for entry in entries]

    return create


def list_commitment_tasks(person, coalition):
    """Titles of the tasks of a person that are about commitments."""
    coalition.refresh_from_db()
    tasks = [task.title for task in get_tasks(Standing(person, coalition))]
    return sorted(title for title in tasks if "ommitment" in title or "Translate" in title)


def build_form_data(commitments, note="", **chosen_by_title):
    """What the form sends if these statuses are chosen, by the number in the title: `p1="kept"`."""
    data = {"note": note}
    for commitment in commitments:
        number = commitment.entry.title.rpartition(" ")[2]
        data[f"shown-{commitment.pk}"] = commitment.progress
        data[f"progress-{commitment.pk}"] = chosen_by_title.get(f"p{number}", commitment.progress)
    return data


def list_progress():
    return list(Commitment.objects.order_by("pk").values_list("progress", flat=True))


def list_messages(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("count", [1, 3, 4, 24])
@pytest.mark.parametrize("viewer", ["coordinator", "delegate"])
def test_four_past_commitments_are_one_task(request, coalition, create_commitments, viewer, count):
    create_commitments(count)
    tasks = list_commitment_tasks(request.getfixturevalue(viewer), coalition)
    grouped = [f"{count} commitments from past meetings have no outcome yet"]

    assert (tasks == grouped) == (count >= 4)
    assert len(tasks) == (count if count < 4 else 1)


def test_task_counts_commitments_that_the_page_lists(client, coalition, create_commitments, coordinator, outcomes_url):
    create_commitments(3, progress="in-hand")
    create_commitments(2, owner=None, due_on=None)
    create_commitments(2, owner=None, proposed_name="Griet")
    create_commitments(2, progress="kept", closed_on=TODAY)
    client.force_login(coordinator)

    assert list_commitment_tasks(coordinator, coalition) == ["7 commitments from past meetings have no outcome yet"]
    assert len(client.get(outcomes_url).context["form"].commitments) == 7


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"held_on": TODAY - timedelta(days=60), "due_on": TODAY}, False),
        ({"held_on": TODAY - timedelta(days=20), "due_on": TODAY - timedelta(days=1)}, True),  # added afterwards
        ({"held_on": TODAY - timedelta(days=61)}, True),
        ({"held_on": None}, True),
        ({"due_on": TODAY}, False),
        ({"due_on": TODAY - timedelta(days=1)}, True),
        ({"due_on": None}, True),
        ({"progress": "in-hand"}, True),
        ({"progress": "dropped", "closed_on": TODAY}, False),
    ],
)
def test_recent_and_future_commitments_are_single_tasks(coalition, create_commitments, coordinator, fields, expected):
    create_commitments(5, **fields)
    is_grouped = "5 commitments from past meetings have no outcome yet" in list_commitment_tasks(coordinator, coalition)

    assert is_grouped == expected
    assert find_past_commitments(Standing(coordinator, coalition)).count() == 5 * expected


def test_current_commitments_stay_tasks_beside_the_past_ones(coalition, create_commitments, coordinator, delegate):
    create_commitments(5)
    create_commitments(1, held_on=TODAY - timedelta(days=20), title="Translate now", due_on=TODAY - timedelta(days=1))
    Entry.objects.filter(title__startswith="Translate now").update(created_at=timezone.now() - timedelta(days=20))
    grouped = "5 commitments from past meetings have no outcome yet"

    assert list_commitment_tasks(coordinator, coalition) == [grouped, "Ask about the commitment “Translate now 1”"]
    assert list_commitment_tasks(delegate, coalition) == [grouped, "Translate now 1"]


@pytest.mark.parametrize(("progress", "status"), [("open", "open"), ("in-hand", "in progress")])
def test_task_tells_status_of_late_commitment(coalition, create_commitments, coordinator, progress, status):
    create_commitments(1, progress=progress)
    explanations = [task.explanation for task in get_tasks(Standing(coordinator, coalition))]

    assert f"The due date of this commitment has passed. Its status is “{status}”." in explanations


@pytest.mark.parametrize(("is_coordinator", "confirmed_alone"), [(True, 0), (False, 5)])
def test_coordinator_confirms_no_past_commitments_one_by_one(
    coalition, organisation, create_commitments, delegate, is_coordinator, confirmed_alone
):
    create_commitments(5, owner=None, proposed_name=organisation.name, proposed_organisation=organisation)
    if is_coordinator:
        RoleFactory(person=delegate, coalition=coalition, kind=Role.Kind.COORDINATOR)

    tasks = list_commitment_tasks(delegate, coalition)

    assert len([title for title in tasks if title.startswith("Confirm the")]) == confirmed_alone
    assert ("5 commitments from past meetings have no outcome yet" in tasks) == is_coordinator


def test_rapporteur_is_asked_for_all_and_member_for_none(coalition, create_commitments, rapporteur, member):
    create_commitments(4)

    assert list_commitment_tasks(rapporteur, coalition) == ["4 commitments from past meetings have no outcome yet"]
    assert list_commitment_tasks(member, coalition) == []


@pytest.mark.parametrize("viewer", ["coordinator", "rapporteur", "delegate", "member", "outsider", "promiser"])
def test_commitments_to_update_are_those_of_the_policy(request, coalition, create_commitments, viewer):
    promiser = PersonFactory()
    person = promiser if viewer == "promiser" else request.getfixturevalue(viewer)
    all_commitments = [
        *create_commitments(1),
        *create_commitments(1, owner=CapacityFactory(coalition=coalition)),
        *create_commitments(1, owner=CapacityFactory(coalition=coalition, person=promiser, organisation=None)),
        *create_commitments(1, owner=None),
        *create_commitments(1, owner=None, proposed_name="Griet"),
    ]

    assert set(find_updatable_commitments(Standing(person, coalition))) == {
        each for each in all_commitments if policies.can_set_progress(ViewerContext(person), each)
    }


def test_unreadable_commitments_are_not_listed(client, coalition, create_commitments, coordinator, outcomes_url):
    commitments = create_commitments(5)
    entry = commitments[0].entry
    entry.label = "TLP:RED"
    entry.save(update_fields=["label"])
    client.force_login(coordinator)

    assert "Translate page 1" not in client.get(outcomes_url).text
    assert list_commitment_tasks(coordinator, coalition) == ["4 commitments from past meetings have no outcome yet"]


def test_several_commitments_are_saved_with_one_press(client, create_commitments, delegate, outcomes_url):
    commitments = create_commitments(5)
    client.force_login(delegate)
    data = build_form_data(commitments, p1="kept", p2="in-hand", p3="dropped", note="It was replaced.")
    response = client.post(outcomes_url, data, follow=True)

    assert list_progress() == ["kept", "in-hand", "dropped", "open", "open"]
    assert list_messages(response) == ["3 commitments updated."]
    changes = CommitmentChange.objects.values_list("commitment", "person", "event", "note")
    assert list(changes) == [(each.pk, delegate.pk, "status", "It was replaced.") for each in commitments[:3]]
    verbs = Activity.objects.filter(verb__startswith="progress-").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["progress-kept", "progress-in-hand", "progress-dropped"]
    assert [each.entry.title for each in response.context["form"].commitments] == [
        "Translate page 4",
        "Translate page 5",
        "Translate page 2",
    ]


def test_saving_outcomes_sends_no_emails(client, create_commitments, coordinator, outcomes_url):
    send_pending_activity_notifications()
    commitments = create_commitments(5)
    client.force_login(coordinator)
    client.post(outcomes_url, build_form_data(commitments, p1="kept", p2="in-hand"))
    send_pending_activity_notifications()

    assert mail.outbox == []


def test_changes_of_others_are_reported_and_the_rest_is_saved(client, create_commitments, coordinator, outcomes_url):
    commitments = create_commitments(4)
    data = build_form_data(commitments, p1="kept", p2="in-hand", p3="kept")
    for number, progress in ((0, "in-hand"), (2, "kept")):
        actions.set_commitment_progress(actor=coordinator, commitment=commitments[number], progress=progress)
    client.force_login(coordinator)
    response = client.post(outcomes_url, data, follow=True)

    assert list_progress() == ["in-hand", "in-hand", "kept", "open"]
    assert list_messages(response) == [
        "“Translate page 1” was not saved. Another person has changed its status to “in progress”.",
        "1 commitment updated.",
    ]


def test_withdrawn_commitment_is_reported_and_the_rest_is_saved(
    client, create_commitments, delegate, rapporteur, outcomes_url
):
    commitments = create_commitments(4)
    data = build_form_data(commitments, p1="kept", p2="kept")
    actions.withdraw_entry(actor=rapporteur, entry=commitments[0].entry, reason="It was a mistake.")
    client.force_login(delegate)
    response = client.post(outcomes_url, data, follow=True)

    assert list_progress() == ["open", "kept", "open", "open"]
    assert list_messages(response) == [
        "1 commitment was not saved because you can no longer update it.",
        "1 commitment updated.",
    ]


def test_commitment_withdrawn_at_the_same_moment_is_counted(create_commitments, delegate, rapporteur):
    commitments = create_commitments(2)
    choices = [ChosenProgress(each, shown="open", chosen="kept") for each in commitments]
    actions.withdraw_entry(actor=rapporteur, entry=commitments[0].entry, reason="It was a mistake.")
    report = actions.set_commitment_outcomes(actor=delegate, choices=choices)

    assert (report.saved, report.unavailable, list_progress()) == (1, 1, ["open", "kept"])


def test_note_about_the_earlier_status_is_not_kept_with_the_outcome(client, create_commitments, delegate, outcomes_url):
    commitments = create_commitments(4, closing_note="Half of it.", progress="in-hand")
    client.force_login(delegate)
    client.post(outcomes_url, build_form_data(commitments, p1="kept"))
    client.post(outcomes_url, build_form_data(commitments, p2="kept", note="All of it."))

    notes = Commitment.objects.order_by("pk").values_list("closing_note", flat=True)
    assert list(notes) == ["", "All of it.", "Half of it.", "Half of it."]


@pytest.mark.parametrize("number", ["007", "0", "9" * 30, "x"])
def test_invented_fields_change_nothing(client, create_commitments, delegate, outcomes_url, number):
    commitments = create_commitments(4)
    client.force_login(delegate)
    data = build_form_data(commitments, p1="kept") | {f"progress-{number}": "kept"}

    assert client.post(outcomes_url, data).status_code == 302
    assert list_progress() == ["kept", "open", "open", "open"]


def test_other_commitments_are_not_asked_about_if_all_are_drafts_by_now(
    client, create_commitments, delegate, outcomes_url
):
    submitted, _others = create_commitments(4), create_commitments(4)
    Entry.objects.filter(commitment__in=submitted).update(state="draft")
    client.force_login(delegate)
    response = client.post(outcomes_url, build_form_data(submitted, p1="kept"), follow=True)

    assert (response.status_code, list_progress()) == (200, ["open"] * 8)
    assert list_messages(response) == ["1 commitment was not saved because you can no longer update it."]


@pytest.mark.parametrize(
    ("chosen", "error"),
    [
        ({"p1": "kept", "p2": "dropped"}, "Enter the reason why these commitments were dropped."),
        ({}, "Choose another status for at least one commitment."),
        ({"p1": "lost"}, "Select a valid choice. lost is not one of the available choices."),
    ],
)
def test_invalid_form_saves_nothing_and_keeps_choices(
    client, create_commitments, delegate, outcomes_url, chosen, error
):
    commitments = create_commitments(4)
    client.force_login(delegate)
    response = client.post(outcomes_url, build_form_data(commitments, **chosen))

    assert (response.status_code, list_progress()) == (422, ["open"] * 4)
    assert error in response.text
    assert response.text.count('<option value="dropped" selected>') == list(chosen.values()).count("dropped")


def test_note_may_not_name_anyone_under_the_chatham_house_rule(
    client, coalition, create_commitments, coordinator, organisation, outcomes_url
):
    commitments = create_commitments(4, owner=None)
    meeting = commitments[0].entry.meeting
    part = meeting.parts.create(position=1, title="Closed part", chatham=True)
    commitments[1].entry.part = part
    commitments[1].entry.save(update_fields=["part"])
    client.force_login(coordinator)
    response = client.post(
        outcomes_url, build_form_data(commitments, p1="kept", p2="kept", note=f"Done by {organisation.name}.")
    )

    assert (response.status_code, list_progress()) == (422, ["open"] * 4)
    assert "must not name anyone" in response.text


def test_note_shows_names_that_are_not_public(client, create_commitments, coordinator, member, outcomes_url):
    commitments = create_commitments(4)
    member.name = "Amina Hidden"
    member.save(update_fields=["name"])
    client.force_login(coordinator)
    response = client.post(outcomes_url, build_form_data(commitments, p1="kept", note="Amina Hidden did it."))

    assert (response.status_code, list_progress()) == (422, ["open"] * 4)
    assert "<mark>Amina Hidden</mark>" in response.text


def test_commitments_of_others_cannot_be_saved(client, create_commitments, member, outcomes_url):
    commitments = create_commitments(4)
    client.force_login(member)
    response = client.post(outcomes_url, build_form_data(commitments, p1="kept"), follow=True)

    assert list_progress() == ["open"] * 4
    assert list_messages(response) == ["1 commitment was not saved because you can no longer update it."]
    with pytest.raises(PermissionDenied):
        actions.set_commitment_outcomes(
            actor=member, choices=[ChosenProgress(commitments[0], shown="open", chosen="kept")]
        )


def test_page_lists_at_most_a_hundred_and_counts_the_rest(
    client, create_commitments, coordinator, outcomes_url, monkeypatch
):
    monkeypatch.setattr(past_commitments, "MAX_LISTED_COMMITMENTS", 3)
    monkeypatch.setattr("jukwaa.meetings.views.commitment_outcomes.MAX_LISTED_COMMITMENTS", 3)
    create_commitments(4, held_on=LONG_AGO + timedelta(days=9), title="Translate later")
    create_commitments(1)
    client.force_login(coordinator)
    page = client.get(outcomes_url)

    assert [each.entry.title for each in page.context["form"].commitments] == [
        "Translate page 1",
        "Translate later 1",
        "Translate later 2",
    ]
    assert "2 more commitments will be listed here when these have an outcome." in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count_is_constant(
    client, coalition, create_commitments, member, outcomes_url, count, django_assert_num_queries
):
    for kind in Role.Kind:
        RoleFactory(coalition=coalition, person=member, kind=kind)
    create_commitments(count)
    create_commitments(count, owner=None, proposed_name="Griet")
    client.force_login(member)
    client.get(outcomes_url)

    with django_assert_num_queries(4):
        page = client.get(outcomes_url)
    assert len(page.context["form"].commitments) == 2 * count


def test_page_without_commitments_leads_to_the_list(client, member, outcomes_url):
    client.force_login(member)

    assert (
        f'href="{reverse("meetings:commitment_list", args=["ours"])}">Show all commitments'
        in client.get(outcomes_url).text
    )
