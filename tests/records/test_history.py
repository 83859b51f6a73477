"""What a record said before: who reads it, what changed, and what can be brought back."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import EditConflict
from jukwaa.meetings.models import Meeting
from jukwaa.records.actions import begin_record, change_record, publish_record, restore_record_version
from jukwaa.records.models import Audience, Document, Label, Version
from tests.factories import PersonFactory


def create_first_version(coalition, actor, **fields):
    return begin_record(
        actor=actor, record=Document(coalition=coalition, kind="document", fingerprint="f", **fields), is_published=True
    )


@pytest.fixture
def record_with_two_versions(coalition, rapporteur):
    first = create_first_version(coalition, rapporteur, title="The first report", summary="Short.")
    changes = {"title": "The second report", "summary": "Short and clear."}
    return change_record(actor=rapporteur, record=first, changes=changes, from_version=1)


def list_version_numbers(viewer, record):
    return sorted(Version.objects.visible_to(viewer).filter(record=record).values_list("number", flat=True))


def test_history_is_read_by_readers_of_record(client, record_with_two_versions):
    page = client.get(f"/ours/records/{record_with_two_versions.pk}/history/?old=1&new=2").text

    assert "The <del data-mark='[removed]'>first</del><ins data-mark='[added]'>second</ins> report" in page
    assert "Short<ins data-mark='[added]'> and clear</ins>." in page
    assert "The first report" in client.get(f"/ours/records/{record_with_two_versions.pk}/history/1/").text


def test_comparison_ignores_order_and_invalid_versions(client, record_with_two_versions):
    url = f"/ours/records/{record_with_two_versions.pk}/history/"

    assert "<del data-mark='[removed]'>first</del>" in client.get(f"{url}?old=2&new=1").text
    assert [client.get(f"{url}?{query}").status_code for query in ("old=1&new=77", "old=x", "old=1&new=1")] == [200] * 3
    assert "<del data-mark='[removed]'>" not in client.get(f"{url}?old=1&new=77").text


def test_version_has_readers_of_its_stricter_label(coalition, rapporteur, member, delegate, organisation):
    record = create_first_version(coalition, rapporteur, title="Green once", label=Label.GREEN)
    for number, label in enumerate([Label.AMBER, Label.RED, Label.CLEAR], start=1):
        record = change_record(actor=rapporteur, record=record, changes={"label": label}, from_version=number)
    named = PersonFactory()
    Audience.objects.create(record=record, organisation=organisation)
    Audience.objects.create(record=record, person=named)

    assert list_version_numbers(AnonymousUser(), record) == [4]
    assert list_version_numbers(member, record) == [1, 4]
    assert list_version_numbers(delegate, record) == [1, 2, 4]
    assert list_version_numbers(named, record) == [3, 4]
    assert list_version_numbers(rapporteur, record) == [1, 2, 3, 4]


def test_draft_versions_are_read_by_authors_only(coalition, rapporteur, member):
    draft = begin_record(
        actor=rapporteur, record=Document(coalition=coalition, kind="document", title="Rough", fingerprint="f")
    )
    better = change_record(actor=rapporteur, record=draft, changes={"title": "Better"}, from_version=1)
    published = publish_record(actor=rapporteur, record=better)
    change_record(actor=rapporteur, record=published, changes={"title": "Best"}, from_version=2)

    assert (list_version_numbers(member, draft), list_version_numbers(rapporteur, draft)) == ([2, 3], [1, 2, 3])


def test_unreadable_version_is_not_found(client, coalition, rapporteur, outsider):
    closed = create_first_version(coalition, rapporteur, title="Among us", label=Label.GREEN)
    client.force_login(outsider)

    urls = [f"/ours/records/{closed.pk}/history/", f"/ours/records/{closed.pk}/history/1/"]
    assert [client.get(url).status_code for url in urls] == [404, 404]


def test_restoring_adds_new_version_with_current_label(client, coalition, rapporteur):
    record = create_first_version(coalition, rapporteur, title="Open", label=Label.CLEAR)
    record = change_record(
        actor=rapporteur, record=record, changes={"title": "Closed", "label": Label.GREEN}, from_version=1
    )
    client.force_login(rapporteur)
    client.post(f"/ours/records/{record.pk}/history/1/restore/", {"version": 2})

    record.refresh_from_db()
    assert (record.title, record.label, record.version) == ("Open", Label.GREEN, 3)
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == ["published", "changed", "restored"]


def test_restore_sent_twice_restores_once(client, record_with_two_versions, rapporteur):
    client.force_login(rapporteur)
    for _press in range(2):
        client.post(f"/ours/records/{record_with_two_versions.pk}/history/1/restore/", {"version": 2})

    record_with_two_versions.refresh_from_db()
    assert record_with_two_versions.version == 3
    with pytest.raises(EditConflict):
        restore_record_version(actor=rapporteur, record=record_with_two_versions, version_number=2, from_version=1)


def test_restored_date_fields_are_date_objects(coalition, rapporteur):
    meeting = begin_record(
        actor=rapporteur,
        record=Meeting(coalition=coalition, kind="meeting", title="A meeting", starts_on=date(2009, 11, 17)),
        is_published=True,
    )
    moved = change_record(actor=rapporteur, record=meeting, changes={"starts_on": date(2010, 9, 14)}, from_version=1)
    restored = restore_record_version(actor=rapporteur, record=moved, version_number=1, from_version=2)

    assert restored.starts_on == date(2009, 11, 17)


def test_version_is_restored_by_editors_of_record_only(client, record_with_two_versions, member, outsider):
    for person in (member, outsider):
        client.force_login(person)
        assert (
            client.post(f"/ours/records/{record_with_two_versions.pk}/history/1/restore/", {"version": 2}).status_code
            == 403
        )
    record_with_two_versions.refresh_from_db()
    assert record_with_two_versions.version == 2


@pytest.mark.parametrize("count", [1, 3])
def test_history_query_count_is_constant(client, coalition, rapporteur, django_assert_num_queries, count):
    record = create_first_version(coalition, rapporteur, title="1")
    for number in range(1, count):
        record = change_record(actor=rapporteur, record=record, changes={"title": str(number + 1)}, from_version=number)
    client.force_login(rapporteur)

    with django_assert_num_queries(5):
        text = client.get(f"/ours/records/{record.pk}/history/").text

    assert text.count('scope="row"') == count
