import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from jukwaa.accounts import actions
from jukwaa.accounts.forms import get_time_zone_choices
from jukwaa.accounts.models import Person
from jukwaa.accounts.templatetags.accounts import browser
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

CHROME_USER_AGENT = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)
FIREFOX_USER_AGENT = "Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.fixture
def person():
    return PersonFactory(email="a@example.org", name="A person")


def create_signed_in_client(person, user_agent=FIREFOX_USER_AGENT):
    """Sign in through the page, so that the session is listed."""
    client = Client(headers={"User-Agent": user_agent})
    response = client.post(actions.build_sign_in_link(person).removeprefix(site.SITE_URL))
    assert response.status_code == 302
    return client


def count_listed_sessions(client):
    return client.get(reverse("accounts:sessions")).text.count("<li>\n          <p><b>")


def build_form_data(**changes):
    return {"name": "Another", "name_is_public": "on", "language": "fr", "time_zone": "Indian/Mauritius", **changes}


def test_person_saves_settings(client, person):
    client.force_login(person)

    response = client.post(reverse("accounts:settings"), build_form_data())

    kept = Person.objects.values_list("name", "name_is_public", "language", "time_zone").get()
    assert response.status_code == 302
    assert kept == ("Another", True, "fr", "Indian/Mauritius")
    page = client.get(reverse("accounts:settings"))
    assert '<html lang="fr" dir="ltr">' in page.text
    assert '<option value="Indian/Mauritius" selected>' in page.text


def test_invalid_setting_shows_field_error_and_keeps_input(client, person):
    client.force_login(person)

    response = client.post(reverse("accounts:settings"), build_form_data(time_zone="Moon/Base", name="x" * 121))

    assert response.status_code == 422
    assert 'id="id_time_zone_error"' in response.text
    assert "x" * 121 in response.text
    assert Person.objects.get().name == "A person"


def test_name_of_minor_cannot_be_public(client, person):
    child = PersonFactory(is_minor=True, adult_contact=person)
    client.force_login(child)

    assert "Because you are under 18" in client.get(reverse("accounts:settings")).text
    client.post(reverse("accounts:settings"), build_form_data())

    child.refresh_from_db()
    assert (child.name, child.name_is_public) == ("Another", False)


def test_every_listed_time_zone_can_be_displayed(client, person):
    zones = [zone for _area, places in get_time_zone_choices()[1:] for zone, _place in places]

    assert {"Africa/Nairobi", "Indian/Mauritius", "Asia/Kolkata", "America/Argentina/Buenos_Aires"} <= set(zones)
    assert "Asia/Calcutta" not in zones
    assert 350 < len(zones) < 450


def test_unknown_stored_time_zone_is_tolerated(client, person):
    Person.objects.update(time_zone="Moon/Base", language="xx")
    client.force_login(person)

    assert client.get(reverse("accounts:settings")).status_code == 200


def test_visitor_language_is_stored_in_browser(client):
    page = reverse("accounts:language")
    assert "العربيّة" in client.get(page).text

    response = client.post(page, {"language": "ar", "next": "/account/sign-in/"})

    cookie = response.cookies[site.LANGUAGE_COOKIE_NAME]
    assert response.headers["Location"] == "/account/sign-in/"
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["path"]) == ("ar", True, "Lax", "/")
    assert '<html lang="ar" dir="rtl">' in client.get("/account/sign-in/").text
    assert client.post(page, {"language": "xx"}).status_code == 422


def test_language_of_signed_in_person_applies_to_all_devices(client, person):
    client.force_login(person)

    client.post(reverse("accounts:language"), {"language": "es"})

    assert Person.objects.get().language == "es"
    other = Client()
    other.force_login(person)
    assert '<html lang="es"' in other.get(reverse("accounts:language")).text


def test_pages_vary_by_language(client):
    response = client.get(reverse("account_login"), headers={"Accept-Language": "fr"})

    assert response.headers["Content-Language"] == "fr"
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))


def test_person_lists_and_ends_own_sessions(person):
    here, there = create_signed_in_client(person), create_signed_in_client(person, CHROME_USER_AGENT)
    other = create_signed_in_client(PersonFactory())
    page = here.get(reverse("accounts:sessions")).text

    assert count_listed_sessions(here) == 2
    assert page.index("Chrome on Android") < page.index("Firefox on Windows")
    end = next(part.split('"')[0] for part in page.split('action="') if "/end/" in part and "sessions/end" not in part)

    assert other.post(end).status_code == 404
    assert here.post(end).status_code == 302
    assert there.get(reverse("accounts:settings")).status_code == 302
    assert here.get(reverse("accounts:settings")).status_code == 200
    assert here.post(end).status_code == 404
    assert count_listed_sessions(here) == 1


def test_signed_out_session_is_not_listed(person):
    here, there = create_signed_in_client(person), create_signed_in_client(person)

    there.post(reverse("accounts:sign_out"))

    assert count_listed_sessions(here) == 1


def test_signing_out_everywhere_ends_unlisted_sessions(person):
    here, there, unlisted = create_signed_in_client(person), create_signed_in_client(person), Client()
    unlisted.force_login(person)

    response = here.post(reverse("accounts:sign_out_everywhere"))

    assert response.headers["Location"] == reverse("account_login")
    for client in (here, there, unlisted):
        assert client.get(reverse("accounts:settings")).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_session_list_query_count_is_constant(person, django_assert_num_queries, count):
    client, *_others = [create_signed_in_client(person) for _ in range(count)]

    with django_assert_num_queries(3):
        client.get(reverse("accounts:sessions"))
    assert count_listed_sessions(client) == count


def test_signed_in_request_takes_two_queries(person, django_assert_num_queries):
    client = create_signed_in_client(person)

    with django_assert_num_queries(2):
        client.get(reverse("accounts:language"))


@pytest.mark.parametrize(
    ("user_agent", "device_name"),
    [
        (CHROME_USER_AGENT, "Chrome on Android"),
        (FIREFOX_USER_AGENT, "Firefox on Windows"),
        ("curl/8.5", "Unknown browser"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130", "Edge on Windows"),
    ],
)
def test_device_names_are_recognisable(user_agent, device_name):
    assert browser(user_agent) == device_name


def test_name_of_marked_minor_stays_hidden(person):
    minor = PersonFactory(is_minor=True, adult_contact=person)
    actions.update_settings(person=minor, changes={"name": "A pupil", "name_is_public": True})
    minor.refresh_from_db()

    assert (minor.name, minor.name_is_public) == ("A pupil", False)
