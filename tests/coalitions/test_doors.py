"""Applications and tables come through the doors that comments and mails come through."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jukwaa.coalitions.actions import import_waiting_rows
from jukwaa.coalitions.models import Activity, Import, Membership, Organisation
from jukwaa.core.safeguards.disclosure import DISCLOSURE_PATTERNS
from jukwaa.records.actions import release_held
from jukwaa.records.models import Held
from tests.factories import PersonFactory

TOLD = DISCLOSURE_PATTERNS[0].example
FINDABLE = "Write to amina@example.org."
ORGANISATION = {"name": "A helpline", "country": "KE", "stakeholder_group": "civil-society"}
ALONE = {"country": "KE", "stakeholder_group": "civil-society"}
WAYS = [("apply", ORGANISATION), ("apply_person", ALONE)]


@pytest.fixture
def newcomer(client, coalition):
    person = PersonFactory(name="A newcomer")
    client.force_login(person)
    return person


def upload(*rows, name="members.csv"):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return {"kind": "members", "file": SimpleUploadedFile(name, stream.getvalue().encode())}


def held():
    return list(Held.objects.order_by("pk").values_list("door", "why", "text", "person"))


@pytest.mark.parametrize(("way", "facts"), WAYS)
def test_whoever_discloses_in_an_application_gets_the_fixed_answer(client, at, newcomer, way, facts):
    for _press in range(2):
        answer = client.post(at(way), {**facts, "motivation": TOLD})

    assert answer.url == "/ours/records/not-accepted/"
    assert TOLD in held()[0][2]
    assert [row[:2] + row[3:] for row in held()] == [("application", "disclosure", newcomer.pk)]
    assert (Membership.objects.count(), Organisation.objects.count()) == (0, 0)
    assert list(Activity.objects.values_list("actor", "kind")) == [(None, "held")]


def test_every_field_of_an_application_is_looked_at(client, at, newcomer):
    for field in ("name", "position"):
        client.post(at("apply"), {**ORGANISATION, "motivation": "To learn.", field: TOLD})

    assert [row[0] for row in held()] == ["application", "application"]
    assert not Membership.objects.exists()


@pytest.mark.parametrize(("way", "facts"), WAYS)
def test_an_applicant_sees_the_marked_words_once_and_decides(client, at, newcomer, way, facts):
    first = client.post(at(way), {**facts, "motivation": FINDABLE})
    seen = first.context["form"]["screened"].value()
    second = client.post(at(way), {**facts, "motivation": FINDABLE, "screened": seen})

    assert (first.status_code, second.status_code) == (422, 302)
    assert "<mark>amina@example.org</mark>" in first.text
    assert "Do not report abuse here" in first.text
    assert Membership.objects.get().motivation == FINDABLE


def test_an_application_is_sent_and_not_posted_and_a_school_may_apply_by_its_name(client, at, newcomer):
    sent = {**ORGANISATION, "name": "Green Valley Primary School", "motivation": FINDABLE}
    asked = client.post(at("apply"), sent)

    assert list(asked.context["form"].errors) == ["motivation"]
    assert ("Before you send this" in asked.text, "send the application as it is" in asked.text) == (True, True)
    assert "post" not in asked.context["form"].errors["motivation"][0]
    assert client.post(at("apply"), {**sent, "motivation": "To learn."}).status_code == 302


def test_whoever_has_no_name_yet_is_asked_for_one_and_it_is_looked_at(client, at, coalition):
    client.force_login(PersonFactory(name=""))
    sent = {**ALONE, "motivation": "To learn.", "your_name": "amina@example.org"}

    assert list(client.post(at("apply_person"), sent).context["form"].errors) == ["your_name"]


def test_a_field_that_the_form_does_not_have_stops_nobody(client, at, newcomer):
    sent = {**ALONE, "motivation": "To learn.", "your_name": "amina@example.org"}

    assert client.post(at("apply_person"), sent).status_code == 302
    assert newcomer.name == "A newcomer"


def test_a_table_in_which_somebody_discloses_is_not_taken(client, at, coordinator):
    client.force_login(coordinator)
    rows = [["Name", "Remark"], *[[f"Helpline {number}", "A remark. " * 40] for number in range(9)], ["Other", TOLD]]
    answer = client.post(at("import_start"), upload(*rows))

    assert answer.url == "/ours/records/not-accepted/"
    assert held() == [("import", "disclosure", f"Other\n{TOLD}", coordinator.pk)]
    assert not Import.objects.exists()


def test_an_offer_in_a_long_table_is_seen_and_one_in_its_name(client, at, coordinator):
    client.force_login(coordinator)
    long = [[f"Helpline {number}", "A remark. " * 40] for number in range(9)]
    client.post(at("import_start"), upload(["Name", "Remark"], *long, ["Other", "I have CP, write to me"]))
    client.post(at("import_start"), upload(["Name", "Remark"], *long, name="cp_links.csv"))

    assert [row[:2] for row in held()] == [("import", "material"), ("import", "material")]
    assert not Import.objects.exists()


def test_a_table_found_harmless_passes_when_it_is_brought_again(client, at, coordinator, safeguarding_lead):
    client.force_login(coordinator)
    rows = [["Name", "Remark"], ["One", TOLD], ["Two", DISCLOSURE_PATTERNS[1].example], ["Three", ""]]
    client.post(at("import_start"), upload(*rows))
    for row in Held.objects.all():
        release_held(actor=safeguarding_lead, held=row)
    client.post(at("import_start"), upload(*rows))

    assert (Held.objects.count(), Import.objects.count()) == (1, 1)


def test_a_file_that_can_not_be_read_is_looked_at_too(client, at, coordinator):
    client.force_login(coordinator)
    client.post(at("import_start"), {"kind": "members", "file": SimpleUploadedFile("cp_links.csv", b"")})

    assert [row[:2] for row in held()] == [("import", "material")]


def test_the_preview_says_by_which_words_somebody_could_be_found(bring, client, at, coordinator):
    brought = bring(["Helpline One, +230 5123 4567"], ["Helpline Two"])
    [sentence], none = [row.notes for row in brought.rows.all()]
    client.force_login(coordinator)

    assert sentence == (
        "“+230 5123 4567” looks like a telephone number. A stranger could use this to find or contact the person. "
        "Leave this out, or give the number of a public helpline."
    )
    assert none == []
    assert "looks like a telephone number" in client.get(at("import_preview", brought.pk)).text
    assert import_waiting_rows(actor=coordinator, spreadsheet_import=brought).entered == 2  # a warning, not a gate


def test_addresses_of_the_list_are_what_it_is_made_of(bring):
    brought = bring(["One", "one@example.org"], heading=["Name", "E-mail"], kind="people")

    assert brought.rows.get().notes == []


def test_a_row_is_mended_through_the_same_door(bring, client, at, coordinator):
    brought = bring(["Helpline One", "", "Atlantis"])
    url = at("import_row", brought.pk, brought.rows.get().pk)
    client.force_login(coordinator)
    disclosed = client.post(url, {"name": "Helpline One", "areas": TOLD})
    first = client.post(url, {"name": "Helpline One", "areas": FINDABLE})
    kept = brought.rows.get().cells
    assert "Before we save this, check “Areas of work”. These words may identify someone." in first.text
    assert "Change them, or save the row as it is." in first.text
    assert "post" not in str(first.context["form"].errors)
    client.post(url, {"name": "Helpline One", "areas": FINDABLE, "screened": first.context["form"]["screened"].value()})

    assert disclosed.url == "/ours/records/not-accepted/"
    assert (first.status_code, "<mark>amina@example.org</mark>" in first.text) == (422, True)
    assert kept == {"name": "Helpline One", "country": "Atlantis"}
    assert brought.rows.get().cells == {"name": "Helpline One", "areas": FINDABLE}
