"""The sentences of a report in one table: what it says is what the suggestions say afterwards."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.coalitions.models import Activity
from jukwaa.intake import actions, entry_table
from jukwaa.intake.actions import EntryRowDecision
from jukwaa.intake.actions import entry_table as entry_table_actions
from jukwaa.intake.desk import build_sentence_count_annotation
from jukwaa.intake.entry_table import build_entry_table
from jukwaa.intake.forms.entry_table import list_kind_choices
from jukwaa.intake.models import Reading
from jukwaa.intake.sentence_rows import load_sentence_rows
from jukwaa.intake.suggestion_wording import get_suggestion_wording
from tests.intake.readings import create_reading
from tests.records.test_safeguards import DISCLOSURE_TEXT

TEXT = """Meeting in Nairobi

Present: Ana Lopes (Oak Trust), Ben Okoro (Elm Farm)

It was agreed that the fees stay as they are.

The hotline now has two new people.

Ana Lopes will send the list of helplines by 15 March 2027.

| Action | Owner | Due |
| --- | --- | --- |
| Draft the leaflet | Ben Okoro; Dina Haddad | 1 April 2027 |
"""


@pytest.fixture
def minutes(coalition, rapporteur) -> Reading:
    return create_reading(coalition, rapporteur, TEXT, meeting_on=date(2027, 2, 1))


def get_url(reading: Reading) -> str:
    return reverse("intake:reading_entries", args=[reading.coalition.slug, reading.pk])


def load_table(reading: Reading, page: int = 1) -> entry_table.EntryTable:
    found = Reading.objects.annotate(length=build_sentence_count_annotation()).get(pk=reading.pk)
    found.coalition = reading.coalition
    return build_entry_table(found, page)


def get_number(reading: Reading, words: str) -> int:
    return next(row.number for row in load_table(reading).rows if words in row.sentence_row.quote)


def build_form_data(reading: Reading, **changes: dict[str, str]) -> dict[str, Any]:
    """What a browser sends of the unchanged table. Changes are by words of a sentence: `{"hotline": {"kind": ...}}`."""
    data: dict[str, Any] = {}
    for row in load_table(reading).rows:
        shown = row.suggestion
        values = {
            "kind": shown.kind if shown else "",
            "owner": row.owners,
            "due_on": shown.due_on.isoformat() if shown and shown.due_on else "",
            "progress": shown.progress if shown else "",
            "versions": row.versions,
        }
        for words, changed in changes.items():
            values |= changed if words in row.sentence_row.quote else {}
        data |= {f"{row.key}-{name}": value for name, value in values.items()}
    return data


def list_entries(reading: Reading) -> list[tuple[Any, ...]]:
    found = reading.suggestions.kept().exclude(kind="attendee").order_by("sentence__number", "pk")
    return list(found.values_list("kind", "text", "owner", "due_on"))


def list_state(reading: Reading) -> list[Any]:
    fields = ("pk", "kind", "text", "actors", "owner", "due_on", "due_text", "decision", "version", "decided_at")
    return list(reading.suggestions.order_by("pk").values_list(*fields))


LEAFLET = [("commitment", "Draft the leaflet", name, date(2027, 4, 1)) for name in ("Ben Okoro", "Dina Haddad")]
FEES = ("decision", "It was agreed that the fees stay as they are.", "", None)
HELPLINES = (
    "commitment",
    "Ana Lopes will send the list of helplines by 15 March 2027.",
    "Ana Lopes",
    date(2027, 3, 15),
)


def test_unchanged_table_accepts_what_it_shows(minutes, rapporteur, client):
    attendance = list(minutes.suggestions.filter(kind="attendee").values())
    client.force_login(rapporteur)
    response = client.post(get_url(minutes), build_form_data(minutes), follow=True)

    assert list_entries(minutes) == [FEES, HELPLINES, *LEAFLET]
    assert "Accepted: 4." in response.content.decode()
    assert list(minutes.suggestions.filter(kind="attendee").values()) == attendance
    assert Activity.objects.filter(verb="decided").count() == 1


def test_sentences_of_a_page_are_loaded_without_the_one_before(minutes):
    assert [row.number for row in load_sentence_rows(minutes, 2, 3)] == [2, 3]


def test_every_sentence_has_a_row_and_owners_share_one(minutes):
    rows = load_table(minutes).rows
    head = next(row.number for row in load_sentence_rows(minutes, 1, 99) if "Action" in row.quote)
    assert {row.number for row in rows} == set(range(1, minutes.sentences.count() + 1)) - {head}
    assert [row.owners for row in rows if len(row.suggestions) > 1] == ["Ben Okoro; Dina Haddad"]


def test_table_rejects_adds_and_edits(minutes, rapporteur, client):
    client.force_login(rapporteur)
    changes = {
        "fees": {"kind": ""},
        "hotline": {"kind": "announcement"},
        "helplines": {"owner": "Dina Haddad", "due_on": "2027-03-20"},
    }
    response = client.post(get_url(minutes), build_form_data(minutes, **changes), follow=True)

    text = "Ana Lopes will send the list of helplines by 15 March 2027."
    assert list_entries(minutes) == [
        ("announcement", "The hotline now has two new people.", "", None),
        ("commitment", text, "Dina Haddad", date(2027, 3, 20)),
        *LEAFLET,
    ]
    assert "Accepted: 3. Added: 1. Rejected: 1." in response.content.decode()


@pytest.mark.parametrize(
    ("owners", "expected"),
    [
        ("Ben Okoro", ["Ben Okoro"]),
        ("Eva Lund; Ben Okoro", ["Ben Okoro", "Eva Lund"]),
        ("Ben Okoro; Dina Haddad; Eva Lund", ["Ben Okoro", "Dina Haddad", "Eva Lund"]),
        ("", [""]),
    ],
)
def test_owners_of_a_row_are_those_of_its_commitments(minutes, rapporteur, client, owners, expected):
    client.force_login(rapporteur)
    data = build_form_data(minutes, leaflet={"owner": owners})
    client.post(get_url(minutes), data)

    assert sorted(each[2] for each in list_entries(minutes) if each[1] == "Draft the leaflet") == expected
    before = list_state(minutes)
    response = client.post(get_url(minutes), data, follow=True)  # a second press
    assert list_state(minutes) == before
    assert "Saved. Nothing has changed." in response.content.decode()


def test_new_commitment_is_read_from_its_sentence(coalition, rapporteur, client):
    minutes = create_reading(coalition, rapporteur, "Notes\n\nLeaflets by 15 March 2027: 400 copies.")
    client.force_login(rapporteur)
    client.post(get_url(minutes), build_form_data(minutes, Leaflets={"kind": "commitment"}))
    client.post(get_url(minutes), build_form_data(minutes))

    assert list_entries(minutes) == [("commitment", "Leaflets by 15 March 2027: 400 copies.", "", date(2027, 3, 15))]


def test_status_of_commitments_is_kept(minutes, rapporteur, client):
    client.force_login(rapporteur)
    changes = {"helplines": {"progress": "kept"}, "hotline": {"kind": "commitment", "progress": "open"}}
    data = build_form_data(minutes, **changes)
    client.post(get_url(minutes), data)
    before = list_state(minutes)
    client.post(get_url(minutes), data)

    kept = minutes.suggestions.kept().filter(kind="commitment").order_by("sentence__number", "pk")
    assert [each.progress for each in kept] == ["open", "kept", "", ""]
    assert list_state(minutes) == before


def test_typed_owner_and_deadline_of_a_new_commitment_are_kept(minutes, rapporteur, client):
    client.force_login(rapporteur)
    typed = {"kind": "commitment", "owner": "Eva Lund; Gil Mora", "due_on": "2027-05-01"}
    data = build_form_data(minutes, hotline=typed)
    client.post(get_url(minutes), data)
    client.post(get_url(minutes), data)

    added = [each[2:] for each in list_entries(minutes) if "hotline" in each[1]]
    assert added == [("Eva Lund", date(2027, 5, 1)), ("Gil Mora", date(2027, 5, 1))]


def test_sentence_can_become_attendance(coalition, rapporteur, client):
    minutes = create_reading(
        coalition, rapporteur, "Notes\n\nPresent: Ana Lopes (Oak Trust), Ben Okoro (Elm Farm)\n\nIt rained."
    )
    minutes.suggestions.all().delete()
    client.force_login(rapporteur)
    data = build_form_data(minutes, Present={"kind": "attendee"}, rained={"kind": "attendee"})
    response = client.post(get_url(minutes), data, follow=True)

    names = [name for each in minutes.suggestions.filter(kind="attendee") for name in each.actors]
    assert names == ["Ana Lopes", "Ben Okoro"]
    number = get_number(minutes, "rained")
    assert f"No names were found in these sentences: {number}." in response.content.decode()


def test_row_that_another_person_decided_is_not_saved_and_the_others_are(minutes, rapporteur, coordinator, client):
    data = build_form_data(minutes, fees={"kind": "proposal"})
    fees = minutes.suggestions.get(kind="decision")
    actions.refuse_suggestion(actor=coordinator, suggestion=fees, from_version=fees.version)
    client.force_login(rapporteur)
    response = client.post(get_url(minutes), data, follow=True)

    assert list_entries(minutes) == [HELPLINES, *LEAFLET]
    number = get_number(minutes, "fees")
    assert f"so they were not saved: {number}." in response.content.decode()


def test_sentence_that_is_gone_is_not_saved(minutes, rapporteur, client):
    client.force_login(rapporteur)
    data = build_form_data(minutes) | {"9999-0-kind": "decision", "9999-0-owner": "", "9999-0-due_on": ""}
    page = client.post(get_url(minutes), data, follow=True).text

    assert "so they were not saved: 9999." in page
    assert list_entries(minutes) == [FEES, HELPLINES, *LEAFLET]


def test_sentence_that_another_person_added_is_not_added_again(minutes, rapporteur, coordinator, client):
    data = build_form_data(minutes, hotline={"kind": "commitment", "owner": "Eva Lund"})
    client.force_login(coordinator)
    client.post(get_url(minutes), build_form_data(minutes, hotline={"kind": "decision"}))
    client.force_login(rapporteur)
    page = client.post(get_url(minutes), data, follow=True).text

    assert "Another person has changed them" in page
    assert [each[0] for each in list_entries(minutes) if "hotline" in each[1]] == ["decision"]


def test_row_is_saved_as_a_whole_or_not_at_all(minutes, rapporteur, coordinator, client):
    first = minutes.suggestions.filter(text="Draft the leaflet").first()
    wording = replace(get_suggestion_wording(first), owner="Hana Ito", actors=["Hana Ito"])
    span = {"start_offset": first.start, "end_offset": first.end}
    hana = actions.add_suggestion(actor=coordinator, reading=minutes, wording=wording, **span)
    actions.refuse_suggestion(actor=coordinator, suggestion=hana, from_version=hana.version)
    client.force_login(rapporteur)
    data = build_form_data(minutes, leaflet={"owner": "Eva Lund; Gil Mora; Hana Ito"})
    before = [each for each in list_state(minutes) if "leaflet" in each[2]]
    page = client.post(get_url(minutes), data, follow=True).text

    assert "so they were not saved" in page
    assert [each for each in list_state(minutes) if "leaflet" in each[2]] == before


def test_commitment_of_many_owners_can_be_saved_unchanged(minutes, rapporteur, client):
    first = minutes.suggestions.filter(text="Draft the leaflet").first()
    names = "; ".join(f"The National Association of Helplines {number}" for number in range(24))
    wording = replace(get_suggestion_wording(first), owner=names)
    actions.edit_suggestion(actor=rapporteur, suggestion=first, wording=wording, from_version=first.version)
    client.force_login(rapporteur)

    assert client.post(get_url(minutes), build_form_data(minutes)).status_code == 302


def test_second_press_says_nothing_of_other_people(minutes, rapporteur, client):
    decided = minutes.suggestions.get(text__contains="list of helplines")
    minutes.suggestions.filter(pk=decided.pk).update(kind="decision", owner="", due_on=None, due_text="")
    client.force_login(rapporteur)
    data = build_form_data(minutes, helplines={"kind": "commitment"})
    client.post(get_url(minutes), data)
    before = list_state(minutes)
    page = client.post(get_url(minutes), data, follow=True).text

    assert list_entries(minutes)[1] == HELPLINES
    assert list_state(minutes) == before
    assert "Another person" not in page


def test_kept_entries_have_a_row_in_the_narrow_view_too(minutes, rapporteur, client):
    client.force_login(rapporteur)
    client.post(get_url(minutes), build_form_data(minutes, hotline={"kind": "announcement"}))
    actions.choose_decision_scope(actor=rapporteur, reading=minutes, decision_scope="binding")
    minutes.refresh_from_db()
    client.post(get_url(minutes), build_form_data(minutes, hotline={"kind": "decision"}))

    assert [each[0] for each in list_entries(minutes) if "hotline" in each[1]] == ["decision"]


def test_entries_in_the_record_have_no_row(minutes, rapporteur, client):
    client.force_login(rapporteur)
    client.post(get_url(minutes), build_form_data(minutes))
    actions.enter_reading(actor=rapporteur, reading=minutes)

    assert [row.suggestion for row in load_table(minutes).rows if row.suggestion] == []
    before = list_state(minutes)
    client.post(get_url(minutes), build_form_data(minutes))
    assert list_state(minutes) == before


def test_wrong_deadline_keeps_what_was_typed(minutes, rapporteur, client):
    client.force_login(rapporteur)
    data = build_form_data(minutes, helplines={"owner": "Eva Lund", "due_on": "soon"})
    response = client.post(get_url(minutes), data)

    assert response.status_code == 422
    assert 'value="Eva Lund"' in response.content.decode()
    assert 'value="soon"' in response.content.decode()
    assert list_entries(minutes) == []


def test_members_cannot_save_the_table(minutes, member):
    row = EntryRowDecision(sentence_number=1, versions={}, kind="decision")
    with pytest.raises(PermissionDenied):
        actions.save_entry_table(actor=member, reading=minutes, rows=[row])


def test_pages_follow_each_other(minutes, rapporteur, client, monkeypatch):
    monkeypatch.setattr(entry_table, "SENTENCES_PER_TABLE", 3)
    client.force_login(rapporteur)
    pages = load_table(minutes).pages
    numbers = [row.number for page in range(1, pages + 1) for row in load_table(minutes, page).rows]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == minutes.sentences.count() - 1  # without the head of the table

    response = client.post(f"{get_url(minutes)}?page=1", build_form_data(minutes))
    assert response.url == f"{get_url(minutes)}?page=2"
    response = client.post(f"{get_url(minutes)}?page={pages}", {})
    assert response.url == f"{minutes.get_absolute_url()}add/"


def test_table_can_leave_out_sentences_without_suggestions(minutes, rapporteur, client):
    client.force_login(rapporteur)
    url = f"{get_url(minutes)}?show=suggested"
    page = client.get(url).text
    shown = {
        name: value for name, value in build_form_data(minutes).items() if not name.partition("-")[2].startswith("0-")
    }
    client.post(url, shown)

    assert ("fees stay" in page, "hotline" in page) == (True, False)
    assert list_entries(minutes) == [FEES, HELPLINES, *LEAFLET]


def test_report_is_read_once_for_many_added_rows(coalition, rapporteur, monkeypatch):
    minutes = create_reading(coalition, rapporteur, "\n\n".join(f"It rained on day {number}." for number in range(30)))
    loads = []
    load = entry_table_actions.load_report_lines
    monkeypatch.setattr(entry_table_actions, "load_report_lines", lambda *args: loads.append(args) or load(*args))
    rows = [EntryRowDecision(sentence_number=number, versions={}, kind="observation") for number in range(1, 31)]

    assert actions.save_entry_table(actor=rapporteur, reading=minutes, rows=rows).added == 30
    assert len(loads) == 1


def test_owner_from_the_document_is_not_checked_again(minutes, rapporteur, client):
    minutes.suggestions.filter(owner="Ben Okoro").update(owner=DISCLOSURE_TEXT[:240])
    client.force_login(rapporteur)
    response = client.post(get_url(minutes), build_form_data(minutes))

    assert response.url == f"{minutes.get_absolute_url()}add/"


def test_queries_do_not_grow_with_rows(coalition, rapporteur, client, django_assert_num_queries):
    client.force_login(rapporteur)
    for count in (1, 3):
        lines = "\n\n".join(f"Ana Lopes will send list {number} by 15 March 2027." for number in range(count))
        minutes = create_reading(coalition, rapporteur, lines, meeting_title=f"Session {count}")
        client.get(get_url(minutes))
        with django_assert_num_queries(9):
            client.get(get_url(minutes))


KINDS = [value for value, _label in list_kind_choices(with_attendance=False)]


@given(
    chosen=st.lists(
        st.tuples(st.sampled_from(KINDS), st.sampled_from(["", "Eva Lund", "Ben Okoro; Eva Lund"])),
        min_size=6,
        max_size=6,
    )
)
def test_what_the_table_says_is_what_is_kept(minutes, rapporteur, chosen):
    minutes.suggestions.exclude(kind="attendee").delete()
    rows = load_table(minutes).rows
    decided = [
        EntryRowDecision(
            sentence_number=row.number, versions={}, kind=kind, owners=[o for o in owners.split("; ") if o]
        )
        for row, (kind, owners) in zip(rows, chosen, strict=False)
    ]
    actions.save_entry_table(actor=rapporteur, reading=minutes, rows=decided)
    kept = {row.number: row for row in load_table(minutes).rows}

    for row in decided:
        suggestion = kept[row.sentence_number].suggestion
        assert (suggestion.kind if suggestion else "") == row.kind
        if row.kind == "commitment" and row.owners:
            assert kept[row.sentence_number].owners.split("; ") == row.owners
