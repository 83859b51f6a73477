"""The age question, asked before anything a person writes can become public."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.accounts import rate_limits
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import KeptFile, Person
from jukwaa.coalitions.models import Import
from jukwaa.core.personal_data import personal_data_registry
from jukwaa.records.models import Comment
from tests.factories import DocumentFactory, PersonFactory

ADULT_ANSWER = {"age-asked": "1", "age-is_adult": "yes"}
MINOR_ANSWER = {"age-asked": "1", "age-is_adult": "no", "age-guardian_name": "G", "age-guardian_email": "g@example.org"}


@pytest.fixture
def member_without_age(client, member):
    Person.objects.filter(pk=member.pk).update(adult_confirmed_at=None)
    client.force_login(member)
    return member


@pytest.fixture
def new_comment_url(coalition):
    document = DocumentFactory(coalition=coalition, published=True)
    return reverse("records:comment_add", args=[coalition.slug, document.pk])


COMMENT_DATA = {"body": "We agree.", "capacity": "own"}


def test_age_question_before_first_comment_keeps_text(client, member_without_age, new_comment_url):
    page = client.post(new_comment_url, COMMENT_DATA)

    assert not Comment.objects.exists()
    assert "Are you 18 or older?" in page.text
    assert '<input type="hidden" name="body" value="We agree.">' in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_new_guardian_gets_language_of_minor(client, member_without_age, new_comment_url):
    Person.objects.filter(pk=member_without_age.pk).update(language="fr")
    client.post(new_comment_url, COMMENT_DATA | MINOR_ANSWER)

    assert Person.objects.get(email="g@example.org").language == "fr"


@pytest.mark.parametrize(
    ("form_data", "is_open"),
    [
        ({**MINOR_ANSWER, "age-is_adult": ""}, True),
        ({"age-asked": "1", "age-is_adult": "no"}, True),
        ({"age-asked": "1"}, False),
    ],
)
def test_guardian_that_was_typed_stays_visible(client, member_without_age, new_comment_url, form_data, is_open):
    page = client.post(new_comment_url, COMMENT_DATA | form_data)
    assert ('<details class="stack" open>' in page.text) is is_open


def test_adult_answers_age_question_only_once(client, member_without_age, new_comment_url):
    client.post(new_comment_url, COMMENT_DATA | ADULT_ANSWER)
    client.post(new_comment_url, {**COMMENT_DATA, "body": "And more."})

    member_without_age.refresh_from_db()
    assert member_without_age.adult_confirmed_at is not None
    assert set(Comment.objects.values_list("body", flat=True)) == {"We agree.", "And more."}


def test_minor_names_adult_contact_and_can_comment(client, member_without_age, new_comment_url):
    client.post(new_comment_url, COMMENT_DATA | MINOR_ANSWER)

    member_without_age.refresh_from_db()
    assert (member_without_age.is_minor, member_without_age.adult_contact.email) == (True, "g@example.org")
    assert Comment.objects.get().capacity.name == ""


@pytest.mark.parametrize(
    ("form_data", "expected_sentence"),
    [
        ({"age-asked": "1"}, "Choose an answer."),
        ({**MINOR_ANSWER, "age-guardian_name": ""}, "Enter the name of a parent or guardian."),
        ({**MINOR_ANSWER, "age-guardian_email": ""}, "Enter the email address of a parent or guardian."),
        ({**MINOR_ANSWER, "age-guardian_email": "g"}, "Enter a full email address, such as name@example.org."),
    ],
)
def test_incomplete_age_answer_keeps_typed_text(
    client, member_without_age, new_comment_url, form_data, expected_sentence
):
    page = client.post(new_comment_url, COMMENT_DATA | form_data)

    assert page.status_code == 422
    assert expected_sentence in page.text
    assert "We agree." in page.text
    assert not Comment.objects.exists()


def test_own_email_cannot_be_adult_contact(client, member_without_age, new_comment_url):
    page = client.post(new_comment_url, COMMENT_DATA | MINOR_ANSWER | {"age-guardian_email": member_without_age.email})

    assert page.status_code == 422
    assert "Enter another person as the adult contact." in page.text


@pytest.mark.parametrize("contact_case", ["a minor", "erased"])
def test_refused_contact_reveals_nothing_and_creates_nobody(client, member_without_age, new_comment_url, contact_case):
    contact = PersonFactory(email="g@example.org")
    if contact_case == "a minor":
        Person.objects.filter(pk=contact.pk).update(is_minor=True, adult_contact=PersonFactory())
    else:
        erase_person(contact)
    page = client.post(new_comment_url, COMMENT_DATA | MINOR_ANSWER)

    assert page.status_code == 422
    assert "Enter another person as the adult contact." in page.text
    assert Person.objects.filter(email="g@example.org").exists() == (contact_case == "a minor")


def test_adult_contact_attempts_are_rate_limited(client, member_without_age, new_comment_url):
    wrong = COMMENT_DATA | MINOR_ANSWER | {"age-guardian_email": member_without_age.email}
    pages = [client.post(new_comment_url, wrong).text for _time in range(rate_limits.ADULT_CONTACTS_LIMIT.amount + 1)]

    assert "Enter another person as the adult contact." in pages[-2]
    assert "There have been too many attempts in a short time." in pages[-1]


def test_data_download_omits_adult_contact():
    assert "adult_contact__name" not in personal_data_registry[Person].download


def test_name_cannot_be_public_before_age_answer(client, member_without_age):
    sent = {"name": "New", "name_is_public": "on", "language": "en", "time_zone": "UTC"}
    assert "Are you 18 or older?" in client.post(reverse("accounts:settings"), sent).text
    member_without_age.refresh_from_db()
    assert not member_without_age.name_is_public

    client.post(reverse("accounts:settings"), sent | MINOR_ANSWER)
    member_without_age.refresh_from_db()
    assert (member_without_age.is_minor, member_without_age.name_is_public) == (True, False)


def test_marked_minor_is_not_asked_and_cannot_change_age(client, member_without_age, new_comment_url):
    Person.objects.filter(pk=member_without_age.pk).update(
        is_minor=True, name_is_public=False, adult_contact=PersonFactory(), adult_confirmed_at=None
    )
    client.post(new_comment_url, COMMENT_DATA | ADULT_ANSWER)

    member_without_age.refresh_from_db()
    assert (member_without_age.is_minor, member_without_age.adult_confirmed_at, Comment.objects.count()) == (
        True,
        None,
        1,
    )


def test_file_stays_selected_while_age_is_asked(client, coordinator, coalition):
    Person.objects.filter(pk=coordinator.pk).update(adult_confirmed_at=None)
    client.force_login(coordinator)
    url = reverse("coalitions:import_start", args=[coalition.slug])
    file = SimpleUploadedFile("m.csv", b"Organisation,Country\nOne,Kenya\n")

    page = client.post(url, {"kind": "members", "file": file}).text
    key = re.search(r'name="file-kept" value="([^"]+)"', page)[1]

    assert "Choose your file again" not in page
    assert client.post(url, {"kind": "members", "file-kept": key} | ADULT_ANSWER).status_code == 302
    assert Import.objects.get().file_name == "m.csv"
    assert not KeptFile.objects.exists()


def test_age_question_has_own_page(client, member_without_age):
    assert "Are you 18 or older?" in client.get(reverse("accounts:age")).text
    assert client.post(reverse("accounts:age"), ADULT_ANSWER).status_code == 302
    member_without_age.refresh_from_db()
    assert member_without_age.adult_confirmed_at is not None
    assert client.get(reverse("accounts:age")).status_code == 302


@pytest.fixture
def member_without_name(client, member):
    Person.objects.filter(pk=member.pk).update(name="")
    client.force_login(member)
    return member


def test_nameless_person_gives_name_before_comment_is_published(client, member_without_name, new_comment_url):
    page = client.post(new_comment_url, COMMENT_DATA)
    asked = (Comment.objects.exists(), "About you" in page.text, "Are you 18 or older?" in page.text)
    client.post(new_comment_url, COMMENT_DATA | {"age-asked": "1", "age-own_name": "  Amina   Diallo "})

    assert asked == (False, True, False)
    member_without_name.refresh_from_db()
    assert (member_without_name.name, Comment.objects.get().body) == ("Amina Diallo", "We agree.")


@pytest.mark.parametrize(
    ("person_name", "saved_name"),
    [
        ("Madonna", "Madonna"),
        ("ليلى حداد", "ليلى حداد"),
        ("Ōtani 大谷", "Ōtani 大谷"),
        ("", "Enter your name, as you want members to see it."),
        ("12 34", "Enter a name that contains letters."),
        ("a" * 200, "Shorten your name to 120 characters."),
    ],
)
def test_name_is_accepted_if_it_has_letters(client, member_without_name, new_comment_url, person_name, saved_name):
    page = client.post(new_comment_url, COMMENT_DATA | {"age-asked": "1", "age-own_name": person_name})

    member_without_name.refresh_from_db()
    taken = member_without_name.name == saved_name
    assert (taken, Comment.objects.exists()) == ((True, True) if page.status_code == 302 else (False, False))
    assert taken or saved_name in page.text


def test_claim_of_affiliation_needs_a_name(client, member_without_name, coalition, organisation):
    url = reverse("coalitions:affiliation_say", args=[coalition.slug, organisation.pk])

    assert "About you" in client.post(url, {"position": ""}).text
    assert not member_without_name.affiliations.exists()
    assert client.post(url, {"position": "", "age-asked": "1", "age-own_name": "Amina"}).status_code == 302
    assert member_without_name.affiliations.get().organisation == organisation
