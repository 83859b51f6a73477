"""The question whether somebody is 18 or older, before anything of theirs can become public."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.accounts import rate_limits
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import Person
from jukwaa.core.personal_data import personal_data
from jukwaa.records.models import Comment
from tests.factories import DocumentFactory, PersonFactory

YES = {"age-asked": "1", "age-is_adult": "yes"}
NO = {"age-asked": "1", "age-is_adult": "no", "age-guardian_name": "G", "age-guardian_email": "g@example.org"}


@pytest.fixture
def unasked(client, member):
    Person.objects.filter(pk=member.pk).update(adult_confirmed_at=None)
    client.force_login(member)
    return member


@pytest.fixture
def comment_url(coalition):
    document = DocumentFactory(coalition=coalition, published=True)
    return reverse("records:comment_add", args=[coalition.slug, document.pk])


SAID = {"body": "We agree.", "capacity": "own"}


def test_the_first_comment_is_asked_about_and_kept(client, unasked, comment_url):
    page = client.post(comment_url, SAID)

    assert not Comment.objects.exists()
    assert "Are you 18 or older?" in page.text
    assert '<input type="hidden" name="body" value="We agree.">' in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_an_adult_is_asked_once(client, unasked, comment_url):
    client.post(comment_url, SAID | YES)
    client.post(comment_url, {**SAID, "body": "And more."})

    unasked.refresh_from_db()
    assert unasked.adult_confirmed_at is not None
    assert set(Comment.objects.values_list("body", flat=True)) == {"We agree.", "And more."}


def test_somebody_under_18_names_an_adult_contact_and_takes_part(client, unasked, comment_url):
    client.post(comment_url, SAID | NO)

    unasked.refresh_from_db()
    assert (unasked.is_minor, unasked.adult_contact.email) == (True, "g@example.org")
    assert Comment.objects.get().capacity.name == ""


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"age-asked": "1"}, "Choose an answer."),
        ({**NO, "age-guardian_name": ""}, "Enter the name of a parent or guardian."),
        ({**NO, "age-guardian_email": ""}, "Enter the email address of a parent or guardian."),
        ({**NO, "age-guardian_email": "g"}, "Enter a whole email address, such as name@example.org."),
    ],
)
def test_an_incomplete_answer_keeps_what_was_typed(client, unasked, comment_url, answer, sentence):
    page = client.post(comment_url, SAID | answer)

    assert page.status_code == 422
    assert sentence in page.text
    assert "We agree." in page.text
    assert not Comment.objects.exists()


def test_ones_own_address_is_no_adult_contact(client, unasked, comment_url):
    page = client.post(comment_url, SAID | NO | {"age-guardian_email": unasked.email})

    assert page.status_code == 422
    assert "Enter another person as the adult contact." in page.text


@pytest.mark.parametrize("who", ["a minor", "erased"])
def test_the_refusal_of_a_contact_tells_nothing_and_enters_nobody(client, unasked, comment_url, who):
    contact = PersonFactory(email="g@example.org")
    if who == "a minor":
        Person.objects.filter(pk=contact.pk).update(is_minor=True, adult_contact=PersonFactory())
    else:
        erase_person(contact)
    page = client.post(comment_url, SAID | NO)

    assert page.status_code == 422
    assert "Enter another person as the adult contact." in page.text
    assert Person.objects.filter(email="g@example.org").exists() == (who == "a minor")


def test_contacts_are_tried_a_few_times_an_hour(client, unasked, comment_url):
    wrong = SAID | NO | {"age-guardian_email": unasked.email}
    pages = [client.post(comment_url, wrong).text for _time in range(rate_limits.ADULT_CONTACTS_LIMIT.amount + 1)]

    assert "Enter another person as the adult contact." in pages[-2]
    assert "There have been too many tries in a short time." in pages[-1]


def test_the_download_does_not_name_the_contact():
    assert "adult_contact__name" not in personal_data[Person].download


def test_a_name_is_not_public_before_the_answer(client, unasked):
    sent = {"name": "New", "name_is_public": "on", "language": "en", "time_zone": "UTC"}
    assert "Are you 18 or older?" in client.post(reverse("accounts:settings"), sent).text
    unasked.refresh_from_db()
    assert not unasked.name_is_public

    client.post(reverse("accounts:settings"), sent | NO)
    unasked.refresh_from_db()
    assert (unasked.is_minor, unasked.name_is_public) == (True, False)


def test_who_is_marked_is_not_asked_and_can_not_say_otherwise(client, unasked, comment_url):
    Person.objects.filter(pk=unasked.pk).update(
        is_minor=True, name_is_public=False, adult_contact=PersonFactory(), adult_confirmed_at=None
    )
    client.post(comment_url, SAID | YES)

    unasked.refresh_from_db()
    assert (unasked.is_minor, unasked.adult_confirmed_at, Comment.objects.count()) == (True, None, 1)


def test_a_file_has_to_be_chosen_again_and_nobody_is_asked_twice(client, coordinator, coalition):
    Person.objects.filter(pk=coordinator.pk).update(adult_confirmed_at=None)
    client.force_login(coordinator)
    url = reverse("coalitions:import_start", args=[coalition.slug])
    file = SimpleUploadedFile("m.csv", b"Organisation,Country\nOne,Kenya\n")

    assert "Choose your file again" in client.post(url, {"kind": "members", "file": file}).text
    assert "Choose a file." in client.post(url, {"kind": "members"} | YES).text
    file.seek(0)
    assert client.post(url, {"kind": "members", "file": file}).status_code == 302


def test_the_question_has_a_page_of_its_own(client, unasked):
    assert "Are you 18 or older?" in client.get(reverse("accounts:age")).text
    assert client.post(reverse("accounts:age"), YES).status_code == 302
    unasked.refresh_from_db()
    assert unasked.adult_confirmed_at is not None
    assert client.get(reverse("accounts:age")).status_code == 302
