"""Applications and tables come through the doors that comments and mails come through."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jukwaa.coalitions.actions import import_ready_rows
from jukwaa.coalitions.models import Activity, Import, Membership, Organisation
from jukwaa.core.safeguards.disclosure import DISCLOSURE_PATTERNS
from jukwaa.records.actions import release_held_submission
from jukwaa.records.models import Held
from tests.factories import PersonFactory

DISCLOSURE_TEXT = DISCLOSURE_PATTERNS[0].example
IDENTIFYING_TEXT = "Write to amina@example.org."
ORGANISATION_APPLICATION = {"name": "A helpline", "country": "KE", "stakeholder_group": "civil-society"}
INDIVIDUAL_APPLICATION = {"country": "KE", "stakeholder_group": "civil-society"}
APPLICATION_FORMS = [("apply", ORGANISATION_APPLICATION), ("apply_person", INDIVIDUAL_APPLICATION)]


@pytest.fixture
def newcomer(client, coalition):
    person = PersonFactory(name="A newcomer")
    client.force_login(person)
    return person


def build_text_upload(*rows, file_name="members.csv"):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return {"kind": "members", "file": SimpleUploadedFile(file_name, stream.getvalue().encode())}


def list_quarantined_texts():
    return list(Held.objects.order_by("pk").values_list("door", "why", "text", "person"))


@pytest.mark.parametrize(("application_route", "application_data"), APPLICATION_FORMS)
def test_disclosure_in_application_is_quarantined(
    client, build_coalition_url, newcomer, application_route, application_data
):
    for _press in range(2):
        answer = client.post(
            build_coalition_url(application_route), {**application_data, "motivation": DISCLOSURE_TEXT}
        )

    assert answer.url == "/ours/records/not-accepted/"
    assert DISCLOSURE_TEXT in list_quarantined_texts()[0][2]
    assert [row[:2] + row[3:] for row in list_quarantined_texts()] == [("application", "disclosure", newcomer.pk)]
    assert (Membership.objects.count(), Organisation.objects.count()) == (0, 0)
    assert list(Activity.objects.values_list("actor", "kind")) == [(None, "held")]


def test_every_application_field_is_checked(client, build_coalition_url, newcomer):
    for field in ("name", "position"):
        client.post(
            build_coalition_url("apply"),
            {**ORGANISATION_APPLICATION, "motivation": "To learn.", field: DISCLOSURE_TEXT},
        )

    assert [row[0] for row in list_quarantined_texts()] == ["application", "application"]
    assert not Membership.objects.exists()


@pytest.mark.parametrize(("application_route", "application_data"), APPLICATION_FORMS)
def test_applicant_is_warned_once_of_identifying_words(
    client, build_coalition_url, newcomer, application_route, application_data
):
    first = client.post(build_coalition_url(application_route), {**application_data, "motivation": IDENTIFYING_TEXT})
    seen = first.context["form"]["screened"].value()
    second = client.post(
        build_coalition_url(application_route), {**application_data, "motivation": IDENTIFYING_TEXT, "screened": seen}
    )

    assert (first.status_code, second.status_code) == (422, 302)
    assert "<mark>amina@example.org</mark>" in first.text
    assert "Do not report abuse here" in first.text
    assert Membership.objects.get().motivation == IDENTIFYING_TEXT


def test_application_warning_says_send_and_allows_school_name(client, build_coalition_url, newcomer):
    sent = {**ORGANISATION_APPLICATION, "name": "Green Valley Primary School", "motivation": IDENTIFYING_TEXT}
    asked = client.post(build_coalition_url("apply"), sent)

    assert list(asked.context["form"].errors) == ["motivation"]
    assert ("Before you send this" in asked.text, "send the application as it is" in asked.text) == (True, True)
    assert "post" not in asked.context["form"].errors["motivation"][0]
    assert client.post(build_coalition_url("apply"), {**sent, "motivation": "To learn."}).status_code == 302


def test_missing_name_is_requested_and_checked(client, build_coalition_url, coalition):
    client.force_login(PersonFactory(name=""))
    sent = {**INDIVIDUAL_APPLICATION, "motivation": "To learn.", "your_name": "amina@example.org"}

    assert list(client.post(build_coalition_url("apply_person"), sent).context["form"].errors) == ["your_name"]


def test_unknown_form_field_is_ignored(client, build_coalition_url, newcomer):
    sent = {**INDIVIDUAL_APPLICATION, "motivation": "To learn.", "your_name": "amina@example.org"}

    assert client.post(build_coalition_url("apply_person"), sent).status_code == 302
    assert newcomer.name == "A newcomer"


def test_spreadsheet_with_disclosure_is_quarantined(client, build_coalition_url, coordinator):
    client.force_login(coordinator)
    rows = [
        ["Name", "Remark"],
        *[[f"Helpline {number}", "A remark. " * 40] for number in range(9)],
        ["Other", DISCLOSURE_TEXT],
    ]
    answer = client.post(build_coalition_url("import_start"), build_text_upload(*rows))

    assert answer.url == "/ours/records/not-accepted/"
    assert list_quarantined_texts() == [("import", "disclosure", f"Other\n{DISCLOSURE_TEXT}", coordinator.pk)]
    assert not Import.objects.exists()


def test_csam_offer_in_spreadsheet_or_file_name_is_found(client, build_coalition_url, coordinator):
    client.force_login(coordinator)
    long = [[f"Helpline {number}", "A remark. " * 40] for number in range(9)]
    client.post(
        build_coalition_url("import_start"),
        build_text_upload(["Name", "Remark"], *long, ["Other", "I have CP, write to me"]),
    )
    client.post(
        build_coalition_url("import_start"), build_text_upload(["Name", "Remark"], *long, file_name="cp_links.csv")
    )

    assert [row[:2] for row in list_quarantined_texts()] == [("import", "material"), ("import", "material")]
    assert not Import.objects.exists()


def test_released_spreadsheet_can_be_imported(client, build_coalition_url, coordinator, safeguarding_lead):
    client.force_login(coordinator)
    rows = [["Name", "Remark"], ["One", DISCLOSURE_TEXT], ["Two", DISCLOSURE_PATTERNS[1].example], ["Three", ""]]
    client.post(build_coalition_url("import_start"), build_text_upload(*rows))
    for row in Held.objects.all():
        release_held_submission(actor=safeguarding_lead, held=row)
    client.post(build_coalition_url("import_start"), build_text_upload(*rows))

    assert (Held.objects.count(), Import.objects.count()) == (1, 1)


def test_unreadable_file_is_checked(client, build_coalition_url, coordinator):
    client.force_login(coordinator)
    client.post(
        build_coalition_url("import_start"), {"kind": "members", "file": SimpleUploadedFile("cp_links.csv", b"")}
    )

    assert [row[:2] for row in list_quarantined_texts()] == [("import", "material")]


def test_preview_marks_identifying_words(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(["Helpline One, +230 5123 4567"], ["Helpline Two"])
    [sentence], none = [row.notes for row in brought.rows.all()]
    client.force_login(coordinator)

    assert sentence == (
        "“+230 5123 4567” looks like a telephone number. A stranger could use this to find or contact the person. "
        "Leave this out, or give the number of a public helpline."
    )
    assert none == []
    assert "looks like a telephone number" in client.get(build_coalition_url("import_preview", brought.pk)).text
    assert import_ready_rows(actor=coordinator, spreadsheet_import=brought).entered == 2  # a warning, not a gate


def test_mailing_list_addresses_are_not_marked(import_rows):
    brought = import_rows(["One", "one@example.org"], heading=["Name", "E-mail"], kind="people")

    assert brought.rows.get().notes == []


def test_corrected_row_is_checked(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(["Helpline One", "", "Atlantis"])
    url = build_coalition_url("import_row", brought.pk, brought.rows.get().pk)
    client.force_login(coordinator)
    disclosed = client.post(url, {"name": "Helpline One", "areas": DISCLOSURE_TEXT})
    first = client.post(url, {"name": "Helpline One", "areas": IDENTIFYING_TEXT})
    kept = brought.rows.get().cells
    assert "Before we save this, check “Areas of work”. These words may identify someone." in first.text
    assert "Change them, or save the row as it is." in first.text
    assert "post" not in str(first.context["form"].errors)
    client.post(
        url, {"name": "Helpline One", "areas": IDENTIFYING_TEXT, "screened": first.context["form"]["screened"].value()}
    )

    assert disclosed.url == "/ours/records/not-accepted/"
    assert (first.status_code, "<mark>amina@example.org</mark>" in first.text) == (422, True)
    assert kept == {"name": "Helpline One", "country": "Atlantis"}
    assert brought.rows.get().cells == {"name": "Helpline One", "areas": IDENTIFYING_TEXT}


@pytest.mark.parametrize(("application_route", "application_data"), APPLICATION_FORMS)
@pytest.mark.parametrize("contact", ["Call me: +254 712 345 678.", "Write to {own} or call +254 712 345 678."])
def test_own_phone_number_in_application_raises_no_alarm(
    client, build_coalition_url, newcomer, application_route, application_data, contact
):
    answer = client.post(
        build_coalition_url(application_route), {**application_data, "motivation": contact.format(own=newcomer.email)}
    )

    assert (answer.status_code, Membership.objects.count()) == (302, 1)


def test_phone_number_beside_words_about_a_child_is_still_shown(client, build_coalition_url, newcomer):
    words = "A girl aged 12 told us: write to amina@example.org or call +254 712 345 678."
    asked = client.post(build_coalition_url("apply"), {**ORGANISATION_APPLICATION, "motivation": words})

    assert asked.status_code == 422
    assert "<mark>254 712 345 678</mark>" in asked.text


def test_kind_of_hit_is_explained_once_for_the_whole_form(client, build_coalition_url, newcomer):
    sent = {
        **ORGANISATION_APPLICATION,
        "position": IDENTIFYING_TEXT,
        "motivation": f"{IDENTIFYING_TEXT} Again: bo@example.org.",
    }
    asked = client.post(build_coalition_url("apply"), sent)

    assert asked.text.count("<mark>") == 3
    assert asked.text.count("This looks like an email address.") == 1
