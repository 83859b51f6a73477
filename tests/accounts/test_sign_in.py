import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from jukwaa.accounts import actions
from jukwaa.accounts.models import Person, SignInRequest
from jukwaa.core.retention import remove_overdue_rows
from jukwaa.mail.models import Message
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def get_signed_in_person(client):
    pk = client.session.get("_auth_user_id")
    return Person.objects.get(pk=pk).email if pk else None


def normalise_page_text(text):
    """A page without what differs each time: tokens, the key in addresses, and the address that was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|/sign-in/[\w-]+/|/link/\S+', "", text)
    return re.sub(r"[\w.]+@example.org|\b\d{6}\b", "", text)


def test_email_code_signs_in_and_redirects_to_next(client, request_sign_in):
    person = PersonFactory(email="a@example.org")
    page, letter = request_sign_in(client, " A@Example.org", next="/account/sessions/")

    response = client.post(page, {"code": letter.code})

    assert (response.status_code, response.headers["Location"]) == (302, "/account/sessions/")
    assert get_signed_in_person(client) == person.email
    assert (letter.to, letter.subject) == ("a@example.org", "Your code to sign in to Jukwaa")


def test_sign_in_is_confirmed_in_the_language_of_the_person(client, request_sign_in):
    PersonFactory(email="a@example.org", language="fr")
    page, letter = request_sign_in(client, "a@example.org", next="/account/sessions/")

    assert "Votre session est ouverte." in client.post(page, {"code": letter.code}, follow=True).text


def test_code_is_not_in_subject_or_preview_of_email(client, request_sign_in):
    _page, letter = request_sign_in(client, "a@example.org")

    assert letter.code not in letter.subject
    assert letter.code not in letter.body[:140]


def test_code_accepts_spaces_and_digits_of_other_scripts(client, request_sign_in):
    page, letter = request_sign_in(client, "a@example.org")
    arabic = "".join(chr(0x0660 + int(digit)) for digit in letter.code)

    assert client.post(page, {"code": f" {arabic[:3]} {arabic[3:]} "}).status_code == 302


def test_code_works_once(client, request_sign_in):
    page, letter = request_sign_in(client, "a@example.org")
    client.post(page, {"code": letter.code})
    other = Client()

    response = other.post(page, {"code": letter.code})

    assert response.status_code == 410
    assert "no longer valid" in response.text
    assert get_signed_in_person(other) is None


def test_five_wrong_codes_invalidate_code(client, request_sign_in):
    page, letter = request_sign_in(client, "a@example.org")
    wrong = f"{(int(letter.code) + 1) % 1_000_000:06}"

    answers = [client.post(page, {"code": wrong}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 410]
    assert "You have 4 attempts left." in answers[0].text
    assert f'value="{wrong}"' in answers[0].text
    assert "You have 1 attempt left." in answers[3].text
    assert client.post(page, {"code": letter.code}).status_code == 410
    assert get_signed_in_person(client) is None


def test_code_works_only_on_page_that_requested_it(client, request_sign_in):
    page, _letter = request_sign_in(client, "a@example.org")
    _other_page, other_letter = request_sign_in(client, "b@example.org")

    assert client.post(page, {"code": other_letter.code}).status_code == 422


def test_link_on_another_device_signs_in_and_consumes_code(client, request_sign_in):
    page, letter = request_sign_in(client, "a@example.org", next="/account/settings/")
    phone = Client()

    assert "Sign in as" in phone.get(letter.path).text
    response = phone.post(letter.path)

    assert (response.status_code, response.headers["Location"]) == (302, "/account/settings/")
    assert (get_signed_in_person(phone), get_signed_in_person(client)) == ("a@example.org", None)
    assert client.post(page, {"code": letter.code}).status_code == 410
    assert phone.post(letter.path).status_code == 410


def test_sign_in_link_works_once(client, request_sign_in):
    _page, letter = request_sign_in(client, "a@example.org")
    token = letter.path.strip("/").rpartition("/")[2]
    person, _next = actions.redeem_sign_in_link(token)

    assert person.email == "a@example.org"
    with pytest.raises(actions.SignInExpiredError):
        actions.redeem_sign_in_link(token)


def test_link_scanners_do_not_consume_link(client, request_sign_in, django_assert_num_queries):
    _page, letter = request_sign_in(client, "a@example.org")
    scanner = Client()

    with django_assert_num_queries(1) as queries:
        scanner.get(letter.path)

    assert queries.captured_queries[0]["sql"].startswith("SELECT")
    assert not Person.objects.exists()
    assert client.post(letter.path).status_code == 302


def test_expired_link_offers_new_one(client, request_sign_in):
    page, letter = request_sign_in(client, "a@example.org", next="/account/settings/")
    SignInRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    for response in (client.get(letter.path), client.post(letter.path), client.post(page, {"code": letter.code})):
        assert response.status_code == 410
        assert "Send me a new code" in response.text
        assert 'value="a@example.org"' in response.text
        assert 'name="next" value="/account/settings/"' in response.text
    assert not Person.objects.exists()


def test_tampered_link_is_refused(client, request_sign_in):
    _page, letter = request_sign_in(client, "a@example.org")

    for path in (letter.path[:-3] + "xx/", reverse("accounts:link", args=["nonsense"])):
        assert (client.get(path).status_code, client.post(path).status_code) == (410, 410)


def test_sign_in_does_not_reveal_known_addresses(request_sign_in, read_sign_in_emails):
    PersonFactory(email="known@example.org")
    PersonFactory(email="closed@example.org", is_active=False)
    seen = []

    for address in ("known@example.org", "unknown@example.org", "closed@example.org"):
        client = Client()
        page, letter = request_sign_in(client, address)
        pages = [client.get(page), client.post(page, {"code": "no"}), client.get(letter.path)]
        seen.append(
            [normalise_page_text(response.text) for response in pages]
            + [normalise_page_text(letter.body), letter.subject]
        )

    assert seen[0] == seen[1] == seen[2]
    assert Person.objects.count() == 2


def test_person_is_created_only_after_correct_code(client, request_sign_in, settings):
    page, letter = request_sign_in(client, "new@example.org")
    assert not Person.objects.exists()

    client.post(page, {"code": letter.code}, headers={"Accept-Language": "fr"})

    person = Person.objects.get()
    assert (person.email, person.language, person.has_usable_password()) == ("new@example.org", "fr", False)


@pytest.mark.parametrize(("chosen", "kept"), [("", "fr"), ("es", "es")])
def test_first_sign_in_keeps_language_of_page(client, request_sign_in, chosen, kept):
    PersonFactory(email="entered@example.org", language=chosen)
    page, letter = request_sign_in(client, "entered@example.org")

    client.post(page, {"code": letter.code}, headers={"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"})

    assert Person.objects.get().language == kept


def test_person_added_by_others_signs_in_by_email(client, request_sign_in):
    person = PersonFactory(email="entered@example.org", name="Entered by others")
    page, letter = request_sign_in(client, "Entered@example.org")

    client.post(page, {"code": letter.code})

    assert list(Person.objects.all()) == [person]


def test_closed_account_is_revealed_only_after_correct_code(client, request_sign_in):
    PersonFactory(email="a@example.org", is_active=False)
    page, letter = request_sign_in(client, "a@example.org")

    response = client.post(page, {"code": letter.code})

    assert response.status_code == 403
    assert "This account is closed" in response.text
    assert get_signed_in_person(client) is None


@pytest.mark.parametrize(
    "external_url",
    ["//evil.example", "https:evil.example", "https://evil.example/", "javascript:alert(1)", r"/\evil.example"],
)
def test_external_next_url_is_ignored(client, request_sign_in, external_url):
    login = reverse("account_login")
    assert external_url not in client.get(login, {"next": external_url}).text
    page, letter = request_sign_in(client, "a@example.org", next=external_url)

    assert client.post(page, {"code": letter.code}).headers["Location"] == "/"
    assert client.get(login, {"next": external_url}).headers["Location"] == "/"
    assert (
        Client().post(reverse("accounts:language"), {"language": "fr", "next": external_url}).headers["Location"] == "/"
    )


def test_stored_next_url_of_old_host_is_ignored(client, request_sign_in):
    page, letter = request_sign_in(client, "a@example.org")
    SignInRequest.objects.update(next_url="//evil.example")

    assert client.post(page, {"code": letter.code}).headers["Location"] == "/"


def test_invalid_email_is_refused_and_redisplayed(client):
    response = client.post(reverse("account_login"), {"email": "not an address"})

    assert response.status_code == 422
    assert "Enter a full email address, such as name@example.org." in response.text
    assert 'value="not an address"' in response.text
    assert not Message.objects.exists()


def test_signing_out_requires_post(client):
    client.force_login(PersonFactory())
    page = client.get(reverse("account_logout"))

    assert (page.status_code, client.get(reverse("accounts:sign_out")).status_code) == (200, 405)
    assert get_signed_in_person(client) is not None
    assert client.post(reverse("accounts:sign_out")).headers["Location"] == "/account/sign-in/"
    assert get_signed_in_person(client) is None
    assert client.get(reverse("account_logout")).headers["Location"] == "/account/sign-in/"


def test_session_key_changes_at_sign_in(client, request_sign_in):
    client.get(reverse("account_login"))
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies[site.SESSION_COOKIE_NAME] = before = session.session_key
    page, letter = request_sign_in(client, "a@example.org")

    client.post(page, {"code": letter.code})

    assert client.session.session_key != before


@pytest.mark.parametrize(
    "url_path",
    ["signup/", "login/", "logout/", "password/change/", "password/set/", "password/reset/", "email/", "confirm-email/",
     "reauthenticate/", "login/code/", "2fa/", "2fa/webauthn/signup/", "3rdparty/", "inactive/"],
)  # fmt: skip
def test_password_and_sign_up_pages_do_not_exist(client, url_path):
    client.force_login(PersonFactory())

    assert client.get(f"/account/{url_path}").status_code == 404
    assert client.post(f"/account/{url_path}").status_code == 404


def test_no_unused_allauth_routes_remain():
    names = ("signup", "change_password", "set_password", "reset_password", "email", "request_login_code")
    for name in names:
        with pytest.raises(NoReverseMatch):
            reverse(f"account_{name}")


@pytest.mark.parametrize(("is_demo", "second_status"), [(True, 302), (False, 410)])
def test_command_link_works_once_and_repeatedly_in_demo(settings, is_demo, second_status):
    settings.DEMO = is_demo
    person = PersonFactory(name="The coordinator", email=None)
    url = actions.build_sign_in_link(person, "/account/settings/")
    path = url.removeprefix(settings.SITE_URL)

    assert url.startswith(f"{settings.SITE_URL}/account/link/")
    assert "Sign in as <bdi>The coordinator</bdi>?" in Client().get(path).text
    answers = [Client().post(path) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, second_status]
    assert answers[0].headers["Location"] == "/account/settings/"


def test_command_link_expires(client):
    url = actions.build_sign_in_link(PersonFactory(), max_age=timedelta(seconds=-1))
    path = url.removeprefix(site.SITE_URL)

    assert (client.get(path).status_code, client.post(path).status_code) == (410, 410)


def test_expired_sign_in_data_is_deleted(client, request_sign_in):
    request_sign_in(client, "a@example.org")
    SignInRequest.objects.update(expires_at=timezone.now() - timedelta(days=3))

    remove_overdue_rows(timezone.now())

    assert not SignInRequest.objects.exists()


def test_link_expiring_while_page_is_open_is_refused(client, request_sign_in):
    _page, letter = request_sign_in(client, "a@example.org")
    token = letter.path.rstrip("/").rpartition("/")[2]
    SignInRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(actions.SignInExpiredError):
        actions.redeem_sign_in_link(token)
    assert not SignInRequest.objects.filter(used_at__isnull=False).exists()
