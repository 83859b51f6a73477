"""Whoever finds while writing that it is another sort of help loses nothing of what was written."""

import re

import pytest

from jukwaa.cooperation.models import Offer
from jukwaa.cooperation.schema import load_help_types
from tests.cooperation.test_help_offers import OFFER_FORM_DATA
from tests.cooperation.test_screened_fields import DISCLOSURE_TEXT

FORM_TOKEN = "6a1d4b1c-2f0e-4f83-9f5e-0b8b7a9b4f11"
TYPED_FORM_DATA = {
    **OFFER_FORM_DATA,
    "token": FORM_TOKEN,
    "summary": "In two <b>sentences</b>.",
    "countries": ["KE", "UG"],
    "languages": ["sw", "en"],
    "amount": "Twenty a year",
    "until": "2031-02-01",
    "contact_role": "The training desk",
    "reach": "+254 1",
    "detail_audience": "teachers",
}


@pytest.fixture
def new_help_url(coalition) -> str:
    return f"/{coalition.slug}/cooperation/offers/new/"


def get_form_fields(page) -> dict[str, object]:
    form = page.context["form"]
    return {bound.name: bound.value() for bound in form}


def test_changing_help_type_keeps_text_and_saves_nothing(client, new_help_url, person_who_gives):
    client.force_login(person_who_gives)
    page = client.post(f"{new_help_url}data/", TYPED_FORM_DATA)
    kept = get_form_fields(page)

    assert page.status_code == 200
    assert not Offer.objects.exists()
    assert page.context["form"].about.name == "data"
    for name in ("title", "summary", "countries", "amount", "until", "contact_role", "reach", "token"):
        assert str(kept[name]) == str(TYPED_FORM_DATA[name]), name
    assert "&lt;b&gt;sentences" in page.text


def test_switching_help_type_back_restores_fields(client, new_help_url, person_who_gives):
    client.force_login(person_who_gives)
    page = client.post(f"{new_help_url}data/", TYPED_FORM_DATA)
    hidden = re.search(r'<input type="hidden" name="detail_audience" value="([^"]*)"', page.text)
    back = client.post(f"{new_help_url}training/", TYPED_FORM_DATA | {"detail_audience": hidden[1]})

    assert get_form_fields(back)["detail_audience"] == "teachers"


def test_switched_form_posts_to_its_own_page(client, new_help_url, person_who_gives):
    client.force_login(person_who_gives)
    page = client.post(f"{new_help_url}data/", TYPED_FORM_DATA)
    to = re.search(r'<form class="form" method="post" action="([^"]*)"', page.text)[1]
    client.post(to.replace("&amp;", "&"), TYPED_FORM_DATA)

    assert (Offer.objects.get().sort, Offer.objects.get().title) == ("data", OFFER_FORM_DATA["title"])


def test_form_has_button_for_each_other_help_type(client, new_help_url, person_who_gives):
    client.force_login(person_who_gives)
    text = client.get(f"{new_help_url}?sort=training").text
    sends = text.index(">Publish offer<")

    for sort in load_help_types():
        address = f'formaction="{new_help_url}{sort.name}/'
        assert (address in text) == (sort.name != "training")
        assert sort.name == "training" or text.index(address) > sends  # Enter sends the form


def test_disclosure_in_switched_form_is_quarantined(client, coalition, new_help_url, person_who_gives):
    client.force_login(person_who_gives)
    for name in ("summary", "reach", "detail_audience"):
        answer = client.post(f"{new_help_url}data/", TYPED_FORM_DATA | {name: DISCLOSURE_TEXT})
        assert answer.headers["Location"].startswith(f"/{coalition.slug}/")
        assert DISCLOSURE_TEXT not in answer.text


def test_switch_page_opened_directly_redirects_to_form(client, new_help_url, person_who_gives):
    client.force_login(person_who_gives)

    assert client.get(f"{new_help_url}data/").headers["Location"] == f"{new_help_url}?sort=data"
    assert client.get(f"{new_help_url}magic/").status_code == 404
