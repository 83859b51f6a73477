"""The pages of calls: members read them, coordinators add and change them, and nothing that was typed is lost."""

import dataclasses
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override

from jukwaa.coalitions.models import Activity
from jukwaa.core.rule_checks import RuleMessage
from jukwaa.proposals.actions import save_call_file
from jukwaa.proposals.call_catalogue import CallCatalogueEntry, get_call_catalogue
from jukwaa.proposals.call_comparison import describe_call_changes
from jukwaa.proposals.call_files import get_shipped_calls_for_proposals, read_shipped_call_files
from jukwaa.proposals.call_page import build_call_page, describe_field_limit, translate_check_message
from jukwaa.proposals.forms import CallForm
from jukwaa.proposals.models import CallFile
from tests.proposals.test_call_files import CALL_TOML

CALL_NAME = "igf-2027-workshop"


def build_call_url(route_name, *args):
    return reverse(f"proposals:{route_name}", args=["ours", *args])


@pytest.fixture
def coordinator_client(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def saved_call(coalition, coordinator):
    return save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML)


def save_call_text(client, text, **more):
    return client.post(build_call_url("call_text"), {"text": text, "step": "save", **more}, follow=True)


def test_call_list_groups_calls_by_phase(client, member, saved_call):
    client.force_login(member)
    text = client.get(build_call_url("call_list")).text

    assert text.index("Open") < text.index("IGF 2027: workshops") < text.index("Past") < text.index("LACIGF 17")
    assert all(escape(call.title) in text for call in get_shipped_calls_for_proposals().values())
    assert "Add a call" not in text


@pytest.mark.parametrize("call_name", get_shipped_calls_for_proposals())
def test_shipped_call_page_shows_fields_and_unknown_facts(client, member, call_name):
    client.force_login(member)
    call, text = get_shipped_calls_for_proposals()[call_name], client.get(build_call_url("call_detail", call_name)).text

    for words in (*(field.label for field in call.fields), *(rule.text for rule in call.rules), *call.unknown):
        assert escape(words) in text
    assert call.deadline is not None or "The deadline is not known." in text
    assert all(escape(address) in text for address in call.sources.values())


def test_deadline_is_shown_in_time_zone_of_reader(client, member, saved_call):
    member.time_zone = "Africa/Nairobi"
    member.save()
    client.force_login(member)
    text = client.get(build_call_url("call_detail", CALL_NAME)).text

    assert "24 May 2027, 23:59 (UTC\N{MINUS SIGN}11)" in text
    assert "Tuesday 25 May 2027, 13:59" in text
    assert "Tuesday 25 May 2027, 10:59" in text


@pytest.mark.parametrize(("year", "is_advised"), [(2010, True), (2011, False)])
def test_earliest_time_is_advised_until_deadline_has_passed(client, member, monkeypatch, year, is_advised):
    now = datetime(year, 4, 1, tzinfo=UTC)
    monkeypatch.setattr("jukwaa.proposals.call_page.timezone", SimpleNamespace(now=lambda: now))
    client.force_login(member)
    text = client.get(build_call_url("call_detail", "igf-2010-workshop")).text

    assert "15 April 2010 (time not stated, time zone not stated)" in text
    assert ("Wednesday 14 April 2010, 10:00" in text) is is_advised


@pytest.mark.parametrize(("reader", "status_code"), [("member", 200), ("coordinator", 200), ("outsider", 403)])
def test_only_members_can_read_calls(client, request, coalition, reader, status_code):
    client.force_login(request.getfixturevalue(reader))

    assert client.get(build_call_url("call_list")).status_code == status_code


@pytest.mark.parametrize("route_name", ["call_new", "call_form", "call_text"])
def test_only_coordinators_can_add_calls(client, member, coordinator, route_name):
    address = build_call_url(route_name) + ("?from=igf-2025-workshop" if route_name == "call_form" else "")
    client.force_login(member)
    assert client.get(address).status_code == 403
    client.force_login(coordinator)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("route_name", ["call_upload", "call_text"])
def test_member_cannot_post_call(client, member, route_name):
    client.force_login(member)

    assert client.post(build_call_url(route_name), {"text": CALL_TOML, "step": "save"}).status_code == 403
    assert not CallFile.objects.exists()


def upload_call_file(client, file_content, file_name="call.toml"):
    return client.post(build_call_url("call_upload"), {"file": SimpleUploadedFile(file_name, file_content)})


def test_uploaded_file_is_previewed_before_it_is_saved(coordinator_client, coalition):
    answer = upload_call_file(coordinator_client, CALL_TOML.encode())

    assert "has not been saved yet" in answer.text
    assert not CallFile.objects.exists()
    saved = save_call_text(coordinator_client, CALL_TOML)
    assert "Call for proposals saved." in saved.text
    assert get_call_catalogue(coalition)[CALL_NAME].version == 1


def test_invalid_uploaded_file_is_shown_with_its_text(coordinator_client, coalition):
    answer = upload_call_file(
        coordinator_client, CALL_TOML.replace("max = 60", "max = 0").replace('"people"', '"crowd"').encode()
    )

    assert answer.status_code == 422
    assert "Line 19: “max” must be 1 or more." in answer.text
    assert "Line 25:" in answer.text
    assert escape('label = "Title"') in answer.text


@pytest.mark.parametrize(
    ("file_content", "expected_sentence"),
    [
        (b"#" * 5_000_000, "This file is too large. Upload a call file of at most 200 kB."),
        (b"\xff\xfe\x00", "This is not a text file. Save it as plain text in UTF-8."),
        (b"", "This file is empty. Choose another file."),
    ],
)
def test_binary_files_are_refused(coordinator_client, coalition, file_content, expected_sentence):
    answer = upload_call_file(coordinator_client, file_content)

    assert (answer.status_code, expected_sentence in answer.text) == (422, True)


def test_upload_without_file_is_refused(coordinator_client, coalition):
    assert "Choose a file." in coordinator_client.post(build_call_url("call_upload"), {}).text


def test_invalid_call_text_is_redisplayed_as_typed(coordinator_client, coalition):
    answer = coordinator_client.post(build_call_url("call_text"), {"text": "title = broken\n# keep me"})

    assert answer.status_code == 422
    assert "Line 1: This is not valid TOML." in answer.text
    assert "# keep me" in answer.text


def test_text_is_previewed_before_it_is_saved(coordinator_client, coalition):
    answer = coordinator_client.post(build_call_url("call_text"), {"text": CALL_TOML})

    assert (answer.status_code, "has not been saved yet" in answer.text) == (200, True)
    assert not CallFile.objects.exists()


def test_preview_links_back_to_text(coordinator_client, coalition):
    answer = coordinator_client.post(
        build_call_url("call_text"), {"text": CALL_TOML, "edited": CALL_NAME, "version": "1", "step": "edit"}
    )

    assert "<textarea" in answer.text
    assert escape('title = "IGF 2027: workshops"') in answer.text
    assert 'name="version" value="1"' in answer.text


def test_editing_call_preserves_earlier_versions(coordinator_client, coalition, saved_call):
    page = coordinator_client.get(build_call_url("call_text") + f"?name={CALL_NAME}").text
    assert 'name="version" value="1"' in page

    save_call_text(coordinator_client, CALL_TOML.replace("60", "80"), edited=CALL_NAME, version=1)

    assert get_call_catalogue(coalition)[CALL_NAME].call.fields[0].max == 80
    assert list(CallFile.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_call_edit_conflict_shows_both_versions(coordinator_client, coalition, coordinator, saved_call):
    save_call_file(
        actor=coordinator,
        coalition=coalition,
        text=CALL_TOML.replace("60", "80"),
        edited_call_name=CALL_NAME,
        version=1,
    )
    answer = save_call_text(coordinator_client, CALL_TOML.replace("60", "70"), edited=CALL_NAME, version=1)

    assert answer.status_code == 409
    assert "max = 80" in answer.text
    assert "max = 70" in answer.text
    assert 'name="version" value="2"' in answer.text


def test_resubmitted_call_is_saved_once(coordinator_client, coalition):
    save_call_text(coordinator_client, CALL_TOML)

    assert "Call for proposals saved." in save_call_text(coordinator_client, CALL_TOML).text
    assert CallFile.objects.count() == 1
    assert Activity.objects.filter(verb="saved-call").count() == 1


def test_new_call_with_existing_name_is_refused(coordinator_client, coalition, saved_call):
    for text in (CALL_TOML.replace("60", "61"), read_shipped_call_files()["igf-2023-workshop"]):
        answer = save_call_text(coordinator_client, text)

        assert answer.status_code == 422
        assert (
            "A call for proposals with this name already exists. Open that call for proposals and edit it."
            in answer.text
        )
    assert CallFile.objects.count() == 1


def test_correcting_shipped_call_affects_only_own_coalition(coordinator_client, coalition):
    text = read_shipped_call_files()["igf-2018-workshop"].replace("IGF 2018: workshops", "IGF 2018, corrected")
    save_call_text(coordinator_client, text, edited="igf-2018-workshop", version=0)

    assert get_call_catalogue(coalition)["igf-2018-workshop"].call.title == "IGF 2018, corrected"
    assert get_shipped_calls_for_proposals()["igf-2018-workshop"].title == "IGF 2018: workshops"


def test_removed_call_can_be_restored(coordinator_client, coalition, saved_call):
    answer = coordinator_client.post(build_call_url("call_remove", CALL_NAME), follow=True)

    assert "Call for proposals removed." in answer.text
    assert CALL_NAME not in get_call_catalogue(coalition)
    again = coordinator_client.post(build_call_url("call_remove", CALL_NAME), follow=True)
    assert (
        "This call for proposals cannot be removed: it has been removed already, or it comes with Jukwaa." in again.text
    )
    save_call_text(coordinator_client, CALL_TOML)
    assert get_call_catalogue(coalition)[CALL_NAME].version == 3


def test_member_cannot_remove_call(client, member, saved_call):
    client.force_login(member)

    assert client.post(build_call_url("call_remove", CALL_NAME)).status_code == 403


def test_unreadable_call_is_listed_for_coordinators(coordinator_client, coalition):
    CallFile.objects.create(coalition=coalition, name="old", text="title = 3")

    assert (
        "We cannot show these calls for proposals, because their files have errors"
        in coordinator_client.get(build_call_url("call_list")).text
    )
    assert coordinator_client.get(build_call_url("call_detail", "old")).status_code == 404
    assert coordinator_client.get(build_call_url("call_form") + "?from=old").status_code == 404
    assert "title = 3" in coordinator_client.get(build_call_url("call_text") + "?name=old").text


def test_file_is_downloaded_as_it_was_saved(client, member, saved_call):
    client.force_login(member)

    assert client.get(build_call_url("call_file", CALL_NAME)).text == CALL_TOML
    assert client.get(build_call_url("call_file", "nothing")).status_code == 404


def build_form_data(earlier_text, **changes):
    """What the form would send if nothing but `changes` were typed."""
    form = CallForm(previous_call=earlier_text)
    values = {bound.name: bound.value() for bound in form if bound.value() not in (None, False)}
    return {**values, "page": "https://example.org/call", **changes}


@pytest.mark.parametrize("call_name", get_shipped_calls_for_proposals())
def test_form_creates_call_for_next_year_from_shipped_call(coordinator_client, coalition, call_name):
    before = get_shipped_calls_for_proposals()[call_name]
    answer = coordinator_client.post(
        build_call_url("call_form") + f"?from={call_name}", build_form_data(before, edition="2031", year="2031")
    )

    assert answer.status_code == 200
    assert "has not been saved yet" in answer.text
    made = answer.context["call"]
    assert [field.label for field in made.fields] == [field.label for field in before.fields]
    assert [rule.text for rule in made.rules] == [rule.text for rule in before.rules]
    assert (made.follows, made.year, made.deadline) == (call_name, 2031, None)


def test_form_saves_changed_values(coordinator_client, coalition):
    before = get_shipped_calls_for_proposals()["igf-2025-workshop"]
    number = len(before.fields)
    changes = {
        "day": "2026-03-15", "hour": "23:59", "zone": "UTC", "freeze": "2026-06-01", "themes": "One\nTwo\n",
        "field_0_max": "60", "field_0_unit": "characters", "field_0_mark": "must",
        f"field_{number}_label": "Accessibility", f"field_{number}_type": "text", f"field_{number}_mark": "must",
        f"field_{number}_max": "100", f"field_{number}_unit": "words",
    }  # fmt: skip
    sent = build_form_data(before, **changes)
    del sent["field_1_keep"]
    made = coordinator_client.post(build_call_url("call_form") + f"?from={before.name}", sent).context["call"]

    assert made.deadline.latest == datetime(2026, 3, 15, 23, 59, tzinfo=UTC)
    assert (made.themes, made.fields[0].max, made.fields[0].unit) == (("One", "Two"), 60, "characters")
    assert (made.fields[-1].name, made.fields[-1].max, made.fields[-1].is_new) == ("accessibility", 100, True)
    assert before.fields[1].name not in [field.name for field in made.fields]
    new = [translate_check_message(each) for each in describe_call_changes(made, before)]
    assert new == [
        "Limit changed: Title",
        "Requirement changed: Title",
        "New field: Accessibility",
        "Field removed: Theme and subtheme",
        "The themes have changed.",
    ]


def test_invalid_call_form_keeps_typed_values(coordinator_client, coalition):
    before = get_shipped_calls_for_proposals()["igf-2015-workshop"]
    sent = build_form_data(before, zone="Nowhere/Land", title="Our title", hour="12:00", field_21_min="900")
    answer = coordinator_client.post(build_call_url("call_form") + f"?from={before.name}", sent)

    assert answer.status_code == 422
    for words in ("There is no time zone “Nowhere/Land”.", "Our title", "Enter the date of the deadline"):
        assert words in answer.text


def test_rule_is_refused_without_its_field(coordinator_client, coalition):
    before = get_shipped_calls_for_proposals()["igf-2015-workshop"]
    number = [field.name for field in before.fields].index("duration")
    sent = build_form_data(before)
    del sent[f"field_{number}_keep"]
    answer = coordinator_client.post(build_call_url("call_form") + f"?from={before.name}", sent)

    assert "This rule needs the field “5 Duration”. Keep the field, or remove the rule." in answer.text


def test_optional_link_of_rule_to_removed_field_is_deleted():
    before = get_shipped_calls_for_proposals()["igf-2018-workshop"]
    number = [field.name for field in before.fields].index("speakers")
    sent = build_form_data(before)
    del sent[f"field_{number}_keep"]
    form = CallForm(sent, previous_call=before)

    assert form.is_valid(), form.errors
    rules = {rule.name: rule for rule in form.build_call().rules}
    assert "field" not in rules["speakers"].parameters
    assert rules["earlier-report"].parameters["field"] == "earlier-report"


def test_field_limits_are_described_in_words():
    fields = {
        field.name: field
        for call in get_shipped_calls_for_proposals().values()
        for field in call.fields
        if field.length_limit
    }

    assert describe_field_limit(fields["diversity-aspects"]) == "at most 3 options"
    assert describe_field_limit(fields["panellists"]) == "at most 4 people"
    one = dataclasses.replace(fields["panellists"], max=1)
    assert describe_field_limit(one) == "at most 1 person"


def test_call_that_names_itself_as_predecessor_has_no_comparison():
    call = get_shipped_calls_for_proposals()["igf-2023-workshop"]
    entries = {call.name: CallCatalogueEntry(call.name, "", call)}
    twin = type(call)(**{**vars(call), "follows": call.name})

    assert build_call_page(entries, twin, timezone.now()).before is None


@pytest.mark.parametrize("row_count", [1, 3])
def test_call_list_query_count_is_constant(
    client, member, coordinator, coalition, django_assert_num_queries, row_count
):
    for year in range(2027, 2027 + row_count):
        save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML.replace("2027", str(year)))
    client.force_login(member)
    client.get(build_call_url("call_list"))

    with django_assert_num_queries(4):
        client.get(build_call_url("call_list"))
    with django_assert_num_queries(4):
        client.get(build_call_url("call_detail", CALL_NAME))


def test_units_in_check_messages_are_translated():
    message = RuleMessage("%(label)s: %(most)s %(unit)s.", {"label": "Titre", "most": 12, "unit": "words"})

    with override("fr"):
        assert translate_check_message(message) == "Titre: 12 mots."
