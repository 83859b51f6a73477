"""The status of commitments: history, evidence, dates, the lists, and figures without blame."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.home.tasks_page import get_tasks
from jukwaa.meetings import actions
from jukwaa.meetings.commitments import find_open_commitments
from jukwaa.meetings.models import Commitment, CommitmentChange
from jukwaa.records.models import Attachment
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    CommitmentFactory,
    EntryFactory,
    MeetingFactory,
)

TODAY = timezone.localdate()


@pytest.fixture
def commitment(coalition, organisation):
    meeting = MeetingFactory(coalition=coalition, title="Spring call", starts_on=date(2025, 3, 1), published=True)
    entry = EntryFactory(coalition=coalition, meeting=meeting, kind="commitment", title="Translate it", published=True)
    organisation.name = "Northern Helpline"
    organisation.save()
    owner = CapacityFactory(coalition=coalition, organisation=organisation, name="Northern Helpline")
    return CommitmentFactory(entry=entry, owner=owner, due_on=TODAY - timedelta(days=30))


def build_commitment_url(route_name, *args):
    return reverse(f"meetings:{route_name}", args=["ours", *args])


def reload_commitment():
    return Commitment.objects.select_related("evidence_record", "responsible").get()


def test_history_shows_actors_to_members_only(client, commitment, delegate):
    for progress, note in [("in-hand", "Half of it."), ("kept", "All of it."), ("kept", "All of it.")]:
        actions.set_commitment_progress(actor=delegate, commitment=commitment, progress=progress, note=note)
    page = client.get(commitment.entry.get_absolute_url()).text
    assert ("from open to in progress" in page, "from in progress to done" in page) == (True, True)
    assert delegate.name not in page
    client.force_login(delegate)

    assert delegate.name in client.get(commitment.entry.get_absolute_url()).text
    assert CommitmentChange.objects.count() == 2


def test_dropping_needs_reason(client, commitment, delegate):
    with pytest.raises(ActionRefused, match="Enter the reason"):
        actions.set_commitment_progress(actor=delegate, commitment=commitment, progress="dropped", note=" ")
    client.force_login(delegate)
    answer = client.post(
        build_commitment_url("entry_progress", commitment.entry_id), {"progress": "dropped", "note": ""}
    )

    assert (answer.status_code, reload_commitment().progress) == (422, "open")


def test_evidence_is_record_or_web_address(client, commitment, delegate, settings):
    record = MeetingFactory(coalition=commitment.entry.coalition, title="The workshop", published=True)
    client.force_login(delegate)
    url = build_commitment_url("entry_progress", commitment.entry_id)
    wrong = client.post(url, {"progress": "kept", "note": "", "evidence": "not an address"})
    client.post(url, {"progress": "kept", "note": "", "evidence": f"{settings.SITE_URL}{record.get_absolute_url()}"})
    assert (wrong.status_code, reload_commitment().evidence_record.pk, reload_commitment().evidence_url) == (
        422,
        record.pk,
        "",
    )
    assert "The workshop" in client.get(commitment.entry.get_absolute_url()).text
    client.post(url, {"progress": "kept", "note": "", "evidence": "https://example.org/result"})

    assert (reload_commitment().evidence_record, reload_commitment().evidence_url) == (
        None,
        "https://example.org/result",
    )


def test_unreadable_evidence_is_not_shown(client, commitment, member):
    hidden = MeetingFactory(coalition=commitment.entry.coalition, title="The secret", label="TLP:RED", published=True)
    Commitment.objects.update(evidence_record=hidden.pk)
    client.force_login(member)

    assert "The secret" not in client.get(commitment.entry.get_absolute_url()).text


def test_owner_adds_a_file_as_evidence(client, commitment, delegate, member):
    actions.attach_evidence_to_commitment(
        actor=delegate, commitment=commitment, file_name="result.txt", file_bytes=b"It was done."
    )
    with pytest.raises(PermissionDenied):
        actions.attach_evidence_to_commitment(
            actor=member, commitment=commitment, file_name="other.txt", file_bytes=b"x"
        )

    assert reload_commitment().evidence_file == Attachment.objects.get()
    assert "result.txt" in client.get(commitment.entry.get_absolute_url()).text


def test_person_responsible_is_visible_to_members_only(client, commitment, organisation, delegate, member):
    colleague = AffiliationFactory(organisation=organisation, person__name="Amina Colleague").person
    client.force_login(delegate)
    url = build_commitment_url("commitment_plan", commitment.entry_id)
    client.post(url, {"due_on": "2999-01-01", "responsible": colleague.pk})
    wrong = client.post(url, {"due_on": "2999-01-01", "responsible": member.pk})
    assert "Amina Colleague" in client.get(commitment.entry.get_absolute_url()).text
    client.logout()

    assert (reload_commitment().responsible, reload_commitment().due_on, wrong.status_code) == (
        colleague,
        date(2999, 1, 1),
        422,
    )
    assert "Amina Colleague" not in client.get(commitment.entry.get_absolute_url()).text


def test_minor_cannot_be_responsible(commitment, organisation, delegate):
    guardian = AffiliationFactory(organisation=organisation).person
    minor = AffiliationFactory(
        organisation=organisation, person__is_minor=True, person__adult_contact=guardian, person__name_is_public=False
    ).person

    with pytest.raises(ActionRefused):
        actions.assign_commitment_to_person(actor=delegate, commitment=commitment, person=minor)


def test_due_date_in_the_past_is_refused(client, commitment, delegate):
    client.force_login(delegate)
    answer = client.post(
        build_commitment_url("commitment_plan", commitment.entry_id), {"due_on": "2020-01-01", "responsible": ""}
    )

    assert answer.status_code == 422
    assert "This date has passed." in answer.text


def test_late_commitment_is_shown_as_open_to_visitors(client, commitment):
    lists = [reverse("exchange:list_file", args=["ours", name, "csv"]) for name in ("agreed", "commitments")]
    for url in (
        commitment.entry.get_absolute_url(),
        build_commitment_url("commitment_list"),
        build_commitment_url("agreed"),
        *lists,
    ):
        answer = client.get(url)
        page = (b"".join(answer) if answer.streaming else answer.content).decode()
        assert "open" in page, url
        for word in ("overdue", "Overdue", "is late", "has passed"):
            assert word not in page


def test_late_commitment_is_marked_for_members(client, commitment, member):
    client.force_login(member)
    urls = [
        commitment.entry.get_absolute_url(),
        build_commitment_url("commitment_list"),
        build_commitment_url("agreed"),
    ]

    assert [client.get(url).text.count(">overdue<") for url in urls] == [1, 1, 1]
    Commitment.objects.update(due_on=TODAY)
    assert [client.get(url).text.count(">overdue<") for url in urls] == [0, 0, 0]
    Commitment.objects.update(due_on=TODAY - timedelta(days=1), progress="kept", closed_on=TODAY)
    assert [client.get(url).text.count(">overdue<") for url in urls] == [0, 0, 0]


def list_task_titles(person, coalition):
    return [task.title for task in get_tasks(Standing(person, coalition))]


def test_tasks_of_the_owner_and_the_coordinator(commitment, coalition, delegate, coordinator, member):
    assert "Translate it" in list_task_titles(delegate, coalition)
    assert "Ask about the commitment “Translate it”" in list_task_titles(coordinator, coalition)
    assert "Find a new owner for “Translate it”" not in list_task_titles(coordinator, coalition)
    assert "Translate it" not in "".join(list_task_titles(member, coalition))


@pytest.mark.parametrize("departed_person_field", ["organisation", "responsible"])
def test_departed_owner_gives_coordinator_a_task(commitment, coalition, coordinator, delegate, departed_person_field):
    if departed_person_field == "organisation":
        Membership.objects.filter(organisation=commitment.owner.organisation).update(standing="left", ends_on=TODAY)
    else:
        Commitment.objects.update(responsible=delegate)
        delegate.affiliations.update(ends_on=TODAY - timedelta(days=1))

    assert "Find a new owner for “Translate it”" in list_task_titles(coordinator, coalition)


def test_open_commitments_are_suggested_for_agenda(commitment, coalition, delegate):
    assert [entry.pk for entry in find_open_commitments(coalition)] == [commitment.entry_id]
    actions.set_commitment_progress(actor=delegate, commitment=commitment, progress="kept")

    assert list(find_open_commitments(coalition)) == []


def test_carried_forward_commitment_is_listed_with_later_meeting(client, commitment, coalition, rapporteur):
    later = MeetingFactory(coalition=coalition, title="Autumn call", starts_on=date(2025, 9, 1), published=True)
    client.force_login(rapporteur)
    for _press in range(2):
        client.post(
            build_commitment_url("commitment_carry_forward", commitment.entry_id), {"into": later.pk, "note": ""}
        )
    client.logout()

    assert CommitmentChange.objects.get().meeting == later
    assert "Autumn call" in client.get(commitment.entry.get_absolute_url()).text
    found = client.get(build_commitment_url("commitment_list"), {"meeting": later.pk}).context["page"].rows
    assert [entry.pk for entry in found] == [commitment.entry_id]


def test_closed_commitment_cannot_be_carried_forward(commitment, coalition, rapporteur, delegate):
    actions.set_commitment_progress(actor=delegate, commitment=commitment, progress="kept")
    with pytest.raises(ActionRefused, match="Reopen this commitment"):
        actions.carry_commitment_forward(actor=rapporteur, commitment=commitment, meeting=commitment.entry.meeting)


@pytest.mark.parametrize(
    ("query_parameters", "commitment_count"),
    [({}, 3), ({"status": "open"}, 1), ({"status": "done"}, 1), ({"status": "dropped"}, 1), ({"owner": "northern"}, 1)],
)
def test_commitment_list_is_filtered_by_query_parameters(
    client, coalition, commitment, query_parameters, commitment_count
):
    for progress in ("kept", "dropped"):
        CommitmentFactory(
            entry__coalition=coalition,
            entry__meeting=commitment.entry.meeting,
            progress=progress,
            closed_on=TODAY,
        )

    assert (
        len(client.get(build_commitment_url("commitment_list"), query_parameters).context["page"].rows)
        == commitment_count
    )


@pytest.mark.parametrize(
    "query_parameters", [{"status": "late"}, {"meeting": "x" * 50}, {"meeting": "9" * 30}, {"year": "next"}]
)
def test_invalid_filters_are_ignored(client, commitment, query_parameters):
    assert len(client.get(build_commitment_url("commitment_list"), query_parameters).context["page"].rows) == 1


def test_commitments_of_a_year_are_linked_and_listed(client, coalition, commitment):
    meeting = MeetingFactory(coalition=coalition, starts_on=date(2024, 5, 1), published=True)
    made = CommitmentFactory(entry__coalition=coalition, entry__meeting=meeting)
    page = client.get(build_commitment_url("commitment_list")).text
    listed = client.get(build_commitment_url("commitment_list"), {"year": "2024"}).context["page"].rows

    assert f'href="{build_commitment_url("commitment_list")}?year=2024">2024</a>' in page
    assert [entry.pk for entry in listed] == [made.entry.pk]


def test_figures_page_counts_commitments_and_results_by_year(client, coalition, commitment):
    for year, progress in [(2025, "kept"), (2024, "dropped"), (2024, "in-hand")]:
        meeting = MeetingFactory(coalition=coalition, starts_on=date(year, 5, 1), published=True)
        closed_on = TODAY if progress != "in-hand" else None
        CommitmentFactory(entry__coalition=coalition, entry__meeting=meeting, progress=progress, closed_on=closed_on)
    hidden = MeetingFactory(coalition=coalition, starts_on=date(2025, 5, 1), label="TLP:GREEN", published=True)
    CommitmentFactory(entry__coalition=coalition, entry__meeting=hidden, entry__label="TLP:GREEN")
    years = client.get(build_commitment_url("commitment_list")).context["years"]

    assert [(row.year, row.made, row.done, row.open, row.dropped) for row in years] == [
        (2025, 2, 1, 1, 0),
        (2024, 2, 0, 1, 1),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_is_constant(client, coalition, organisation, count, django_assert_num_queries):
    for _ in range(count):
        CommitmentFactory(
            entry__coalition=coalition,
            entry__meeting=MeetingFactory(coalition=coalition, published=True),
            owner=CapacityFactory(coalition=coalition, organisation=organisation),
        )
    with django_assert_num_queries(5):  # two for names of owners that may be of people
        response = client.get(build_commitment_url("commitment_list"))

    assert len(response.context["page"].rows) == count


def test_csv_contains_only_readable_commitments(client, commitment):
    answer = client.get(reverse("exchange:list_file", args=["ours", "commitments", "csv"]) + "?status=open")
    page = (b"".join(answer) if answer.streaming else answer.content).decode()

    assert "#owner" in page
    assert "Northern Helpline" in page
