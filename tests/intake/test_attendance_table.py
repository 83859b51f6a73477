"""Everybody who attended, in one table: what it says is what the suggestions say afterwards."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake import actions
from jukwaa.intake.attendance_table import MAX_TABLE_ROWS, build_attendance_table
from jukwaa.intake.forms import AttendanceTableForm
from jukwaa.intake.models import Actor, Decision, Reading
from jukwaa.intake.suggestion_wording import get_suggestion_wording
from tests.factories import AffiliationFactory, OrganisationFactory
from tests.intake.readings import create_reading

NAMES = ("Ben Okoro", "Dina Haddad", "Eva Lund", "Gil Mora", "Ines Sousa", "Juma Ali", "Karim Said", "Liv Berg")
TEXT = """Meeting in Nairobi

## Attendance

- Ana Lopes (Oak Trust)
- Ben Okoro (Elm Farm)
- Dina Haddad
- Eva Lund, Gil Mora, Ines Sousa and Juma Ali

## Decisions

It was agreed that the fees stay as they are.
"""


@pytest.fixture
def minutes(coalition, rapporteur) -> Reading:
    OrganisationFactory(coalition=coalition, name="Oak Trust")
    return create_reading(coalition, rapporteur, TEXT)


def get_url(reading: Reading) -> str:
    return reverse("intake:reading_attendance", args=[reading.coalition.slug, reading.pk])


def build_form_data(reading: Reading, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the unchanged table. Changes are by name and field: `{"Ana Lopes": {"came_as": ...}}`."""
    table = build_attendance_table(reading)
    data: dict[str, Any] = {"chaired": table.chair, "shown_chair": table.chair, "missing": ""}
    for row in table.rows:
        values = {"include": "on", "name": row.name, "came_as": row.suggestion.came_as, "version": row.version}
        values["mode"] = row.suggestion.mode
        if row.match_choices:
            values["match"] = row.match_choices[0][0]
        values |= changes.get(row.name, {})
        data |= {f"{row.key}-{name}": value for name, value in values.items() if value is not None}
    return data | changes.get("form", {})


def get_key(reading: Reading, name: str) -> str:
    return next(row.key for row in build_attendance_table(reading).rows if row.name == name)


def list_people(reading: Reading) -> list[tuple[str, str, bool, bool]]:
    """Name, role, whether they chaired, whether they were kept; each name of each suggestion that was decided."""
    found = reading.suggestions.filter(kind="attendee").exclude(decision="waiting").order_by("sentence__number", "pk")
    return [(name, each.came_as, each.is_chair, each.is_kept) for each in found for name in each.actors]


def list_state(reading: Reading) -> dict[str, list[Any]]:
    fields = ("pk", "kind", "text", "actors", "came_as", "is_chair", "decision", "version", "decided_at", "decided_by")
    return {
        "suggestions": list(reading.suggestions.order_by("pk").values_list(*fields)),
        "actors": list(reading.actors.order_by("pk").values_list("written", "means", "organisation", "decided_by")),
    }


def test_table_has_a_row_for_each_name_in_order_of_document(minutes, rapporteur, client):
    client.force_login(rapporteur)
    page = client.get(get_url(minutes)).content.decode()

    names = ["Ana Lopes", "Ben Okoro", "Dina Haddad", "Eva Lund", "Gil Mora", "Ines Sousa", "Juma Ali"]
    assert [row.name for row in build_attendance_table(minutes).rows] == names
    places = [page.index(f'value="{name}"') for name in names]
    assert places == sorted(places)
    assert page.count("checked") == len(names)


def test_unchanged_table_accepts_everybody_and_nothing_else(minutes, rapporteur, client):
    other = list(minutes.suggestions.exclude(kind="attendee").values())
    client.force_login(rapporteur)
    response = client.post(get_url(minutes), build_form_data(minutes), follow=True)

    assert "Attendance accepted: 7." in response.content.decode()
    assert [each[0] for each in list_people(minutes)] == [row.name for row in build_attendance_table(minutes).rows]
    assert {each.decision for each in minutes.suggestions.filter(kind="attendee")} == {Decision.ACCEPTED}
    assert list(minutes.suggestions.exclude(kind="attendee").values()) == other
    assert Activity.objects.filter(verb="decided").count() == 1


def test_unchanged_table_saved_again_changes_nothing(minutes, rapporteur, client):
    client.force_login(rapporteur)
    data = build_form_data(minutes, **{"Gil Mora": {"came_as": "guest"}, "Eva Lund": {"include": None}})
    client.post(get_url(minutes), data)
    before = list_state(minutes)
    activities = Activity.objects.count()

    client.post(get_url(minutes), data)
    assert list_state(minutes) == before
    client.post(get_url(minutes), build_form_data(minutes))
    assert list_state(minutes) == before
    assert Activity.objects.count() == activities


def test_table_says_who_came_as_what(minutes, rapporteur, client):
    client.force_login(rapporteur)
    changes = {
        "Ana Lopes": {"came_as": "secretariat"},
        "Ben Okoro": {"include": None},
        "Dina Haddad": {"name": "Dina  Haddad-Said", "came_as": "apologies"},
        "Gil Mora": {"came_as": "guest", "mode": "online"},
        "Ines Sousa": {"came_as": "absent"},
        "form": {"chaired": get_key(minutes, "Eva Lund")},
    }
    response = client.post(get_url(minutes), build_form_data(minutes, **changes), follow=True)

    assert "Attendance accepted: 5. Rejected: 2." in response.content.decode()
    assert sorted(list_people(minutes)) == [
        ("Ana Lopes", "secretariat", False, True),
        ("Ben Okoro", "", False, False),
        ("Dina Haddad-Said", "apologies", False, True),
        ("Eva Lund", "", True, True),
        ("Gil Mora", "guest", False, True),
        ("Ines Sousa", "", False, False),
        ("Juma Ali", "", False, True),
    ]
    assert list(minutes.suggestions.filter(mode="online").values_list("actors", flat=True)) == [["Gil Mora"]]
    moments = set(minutes.suggestions.filter(kind="attendee").values_list("decided_at", flat=True))
    assert len(moments) == 1


def test_likely_match_is_taken_and_a_refused_one_kept_as_written(minutes, coalition, rapporteur, client):
    elm = OrganisationFactory(coalition=coalition, name="Elm Farm Trust")
    minutes.actors.filter(written__in=["Ben Okoro", "Dina Haddad"]).update(likely=elm)
    client.force_login(rapporteur)
    client.post(get_url(minutes), build_form_data(minutes, **{"Dina Haddad": {"match": "written"}}))

    ben, dina = (minutes.actors.get(written=name) for name in ("Ben Okoro", "Dina Haddad"))
    assert (ben.organisation, ben.means, ben.decided_by) == (elm, Actor.Means.MATCHED, rapporteur)
    assert (dina.organisation, dina.means, dina.decided_by) == (None, Actor.Means.AS_WRITTEN, rapporteur)


def test_corrected_name_keeps_its_organisation(minutes, rapporteur, client):
    client.force_login(rapporteur)
    client.post(get_url(minutes), build_form_data(minutes, **{"Ana Lopes": {"name": "Ana Lópes"}}))

    assert minutes.actors.get(written="Ana Lópes").organisation.name == "Oak Trust"


def test_missing_people_are_added_once(minutes, coalition, rapporteur, client):
    client.force_login(rapporteur)
    lines = "Karim Said (Oak Trust), online\nآنا لوبيز (Oak Trust)، عبر الإنترنت\nAna Lopes\nLiv Berg\n"
    data = build_form_data(minutes, form={"missing": lines})
    response = client.post(get_url(minutes), data, follow=True)
    client.post(get_url(minutes), build_form_data(minutes, form={"missing": lines}))

    assert "Attendance accepted: 10." in response.content.decode()
    assert sorted(minutes.suggestions.filter(by_machine=False).values_list("actors", "decision", "mode")) == [
        (["Karim Said"], "accepted", "online"),
        (["Liv Berg"], "accepted", ""),
        (["آنا لوبيز"], "accepted", "online"),
    ]
    assert minutes.actors.get(written="Karim Said").organisation.name == "Oak Trust"


@pytest.mark.parametrize("remark", ["excused", "sent apologies", "excusó", "excusée", "justificou"])
def test_missing_people_may_have_sent_apologies(minutes, rapporteur, client, remark):
    client.force_login(rapporteur)
    client.post(get_url(minutes), build_form_data(minutes, form={"missing": f"Karim Said (Oak Trust), {remark}"}))

    assert minutes.suggestions.get(by_machine=False).came_as == "apologies"


@pytest.mark.parametrize("remark", ["did not attend", "no asistió", "absent"])
def test_people_who_were_away_are_not_missing(minutes, rapporteur, client, remark):
    client.force_login(rapporteur)
    response = client.post(get_url(minutes), build_form_data(minutes, form={"missing": f"Karim Said, {remark}"}))

    assert response.status_code == 422
    assert not minutes.suggestions.filter(by_machine=False).exists()


def test_words_that_are_no_name_are_asked_for_again(minutes, rapporteur, client):
    client.force_login(rapporteur)
    response = client.post(get_url(minutes), build_form_data(minutes, form={"missing": "we will ask them later"}))

    assert response.status_code == 422
    assert "cannot be read as a name" in response.content.decode()
    assert list_people(minutes) == []


def test_row_without_name_is_asked_for_again(minutes, rapporteur, client):
    client.force_login(rapporteur)
    response = client.post(get_url(minutes), build_form_data(minutes, **{"Ana Lopes": {"name": " "}}))

    assert response.status_code == 422
    assert "Enter the name, or clear this checkbox." in response.content.decode()
    assert list_people(minutes) == []


def test_rows_changed_in_another_tab_are_named_and_the_others_saved(minutes, rapporteur, coordinator, client):
    data = build_form_data(minutes, **{"Gil Mora": {"came_as": "guest"}})
    ben = minutes.suggestions.get(actors=["Ben Okoro"])
    actions.refuse_suggestion(actor=coordinator, suggestion=ben, from_version=1)
    elm = OrganisationFactory(coalition=minutes.coalition, name="Elm Farm")
    ana = minutes.actors.get(written="Ana Lopes")
    actions.match_actor_to_organisation(actor=coordinator, named_actor=ana, organisation=elm)
    client.force_login(rapporteur)
    response = client.post(get_url(minutes), data, follow=True)

    ben.refresh_from_db()
    assert (ben.decision, ben.decided_by) == (Decision.REFUSED, coordinator)
    assert minutes.actors.get(written="Ana Lopes").organisation == elm
    page = response.content.decode()
    assert "Another person has changed them, so they were not saved: Ben Okoro and Ana Lopes." in page
    assert response.redirect_chain == [(get_url(minutes), 302)]
    assert ("Gil Mora", "guest", False, True) in list_people(minutes)


def test_name_added_in_another_tab_is_not_rejected(minutes, rapporteur, coordinator, client):
    data = build_form_data(minutes)
    split = minutes.suggestions.get(actors__0="Eva Lund")
    wording = get_suggestion_wording(split)
    wording = replace(wording, actors=[*wording.actors, "Maja Novak"])
    actions.edit_suggestion(actor=coordinator, suggestion=split, wording=wording, from_version=1)
    client.force_login(rapporteur)
    client.post(get_url(minutes), data)

    split.refresh_from_db()
    assert (split.actors[-1], split.decision, split.decided_by) == ("Maja Novak", Decision.EDITED, coordinator)


def test_suggestions_in_the_record_and_rejected_ones_are_not_in_the_table(minutes, rapporteur):
    ana, ben = (minutes.suggestions.get(actors=[name]) for name in ("Ana Lopes", "Ben Okoro"))
    actions.refuse_suggestion(actor=rapporteur, suggestion=ben, from_version=1)
    actions.accept_suggestion(actor=rapporteur, suggestion=ana, from_version=1)
    actions.enter_reading(actor=rapporteur, reading=minutes)

    assert [row.name for row in build_attendance_table(minutes).rows][:2] == ["Dina Haddad", "Eva Lund"]


def test_everything_saved_together_can_be_undone(minutes, rapporteur, client):
    client.force_login(rapporteur)
    client.post(get_url(minutes), build_form_data(minutes, **{"Ben Okoro": {"include": None}}))
    page = client.get(minutes.get_absolute_url()).content.decode()
    assert "You accepted 3 suggestions together: Attendance." in page
    together = actions.find_joint_decision(rapporteur, minutes)
    actions.undo_joint_decision(
        actor=rapporteur, reading=minutes, suggestion_kind="attendee", decided_at=together.decided_at
    )

    assert {each.decision for each in minutes.suggestions.filter(kind="attendee")} == {Decision.WAITING}


def test_only_those_who_may_decide_can_save(minutes, member, rapporteur, client):
    with pytest.raises(PermissionDenied):
        actions.save_attendance_table(actor=member, reading=minutes, rows=[])
    client.force_login(member)
    assert client.post(get_url(minutes), {}).status_code in {403, 404}
    actions.stop_reading(actor=rapporteur, reading=minutes)
    with pytest.raises(ActionRefused):
        actions.save_attendance_table(actor=rapporteur, reading=minutes, rows=[])


def test_long_list_is_shown_in_part_and_the_rest_left(coalition, rapporteur, client):
    lines = "".join(f"- Ana Lopes{chr(97 + n % 26)}{chr(97 + n // 26)}\n" for n in range(MAX_TABLE_ROWS + 5))
    reading = create_reading(coalition, rapporteur, f"Minutes\n\n## Attendance\n\n{lines}")
    client.force_login(rapporteur)
    page = client.get(get_url(reading)).content.decode()
    client.post(get_url(reading), build_form_data(reading))

    assert f"the first {MAX_TABLE_ROWS} names at most" in page
    assert reading.suggestions.filter(decision="waiting").count() == 5


def test_second_chair_of_the_same_meeting_stays(minutes, rapporteur, client):
    minutes.suggestions.filter(actors__0__in=["Ana Lopes", "Ben Okoro"]).update(is_chair=True)
    client.force_login(rapporteur)
    client.post(get_url(minutes), build_form_data(minutes))

    assert [each[0] for each in list_people(minutes) if each[2]] == ["Ana Lopes", "Ben Okoro"]


def test_nobody_is_chair_if_the_table_says_so(minutes, rapporteur, client):
    minutes.suggestions.filter(actors__0="Ana Lopes").update(is_chair=True)
    client.force_login(rapporteur)
    client.post(get_url(minutes), build_form_data(minutes, form={"chaired": ""}))

    assert not any(each[2] for each in list_people(minutes))


def test_report_without_people_takes_those_who_are_missing(coalition, rapporteur, client):
    reading = create_reading(coalition, rapporteur, "Minutes\n\nIt was agreed that the fees stay as they are.\n")
    client.force_login(rapporteur)
    client.post(get_url(reading), build_form_data(reading, form={"missing": "Ana Lopes\nBen Okoro (Elm Farm)"}))

    assert [each[0] for each in list_people(reading)] == ["Ana Lopes", "Ben Okoro"]


@pytest.mark.parametrize("typed", ["Karim Said (Oak Trust)", "Karim Said"])
def test_organisation_of_missing_person_wins_over_guess_from_report(coalition, rapporteur, client, typed):
    oak = OrganisationFactory(coalition=coalition, name="Oak Trust")
    AffiliationFactory(organisation=oak, person__name="Karim Said")
    reading = create_reading(coalition, rapporteur, "Minutes\n\nIt was agreed that the fees stay as they are.\n")
    reading.actors.create(written="Karim Said")
    client.force_login(rapporteur)
    client.post(get_url(reading), build_form_data(reading, form={"missing": typed}))

    assert reading.actors.get(written="Karim Said").organisation == oak


def test_unbound_form_says_what_the_suggestions_say(minutes):
    form = AttendanceTableForm(table=build_attendance_table(minutes))

    assert [line["name"].value() for line in form.iter_rows()] == [row.name for row in form.rows_by_key.values()]


def test_page_of_another_organisation_is_offered(minutes, rapporteur, client):
    client.force_login(rapporteur)
    named = minutes.actors.get(written="Dina Haddad")
    url = reverse("intake:actor_detail", args=[minutes.coalition.slug, minutes.pk, named.pk]) + "?from=attendance"
    assert url in client.get(get_url(minutes)).content.decode()
    response = client.post(url, {"means": "matched", "organisation": "Oak Trust"})

    assert response.headers["Location"] == get_url(minutes)


@pytest.mark.parametrize("count", [1, 3, 9])
def test_table_query_count_is_constant(coalition, rapporteur, client, django_assert_num_queries, count):
    elm = OrganisationFactory(coalition=coalition, name="Elm Farm")
    lines = "".join(f"- {name} ({elm.name})\n" for name in ("Ana Lopes", *NAMES)[:count])
    reading = create_reading(coalition, rapporteur, f"Minutes\n\n## Attendance\n\n{lines}")
    reading.actors.filter(written="Ana Lopes").update(likely=elm, organisation=None, means="as-written")
    client.force_login(rapporteur)

    with django_assert_num_queries(10):
        client.get(get_url(reading))
