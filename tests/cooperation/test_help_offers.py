"""Offers and needs: said, changed, confirmed and closed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.cooperation.models import Offer
from jukwaa.cooperation.schema import get_help_type, guess_help_type_from_text, load_help_types
from jukwaa.library.schema import SchemaError
from jukwaa.records import index
from jukwaa.records.models import State
from tests.factories import NeedFactory, OfferFactory

pytestmark = pytest.mark.django_db

NEARBY_SORT_TOML = 'name = "a"\nnear = ["b"]\nlabel = { en = "A" }\nhint = { en = "A" }'
OFFER_FORM_DATA = {"title": "We train teachers to talk about grooming", "language": "en", "label": "TLP:CLEAR"}


def get_offer_url(coalition, route_name, *args):
    return reverse(f"cooperation:{route_name}", args=[coalition.slug, *args])


@pytest.fixture
def new_offer_form(coalition):
    return get_offer_url(coalition, "offer_new")


def test_help_types_and_fields_are_translated():
    said = [sort.said for sort in load_help_types()] + [sort.hint for sort in load_help_types()]
    said += [field.said for sort in load_help_types() for field in sort.fields]
    said += [choice.said for sort in load_help_types() for field in sort.fields for choice in field.choices]

    assert [set(each) for each in said if set(each) != {"en", "fr", "es", "ar"}] == []
    assert [sort.name for sort in load_help_types()] == [
        "technical", "expertise", "translation", "training", "hosting", "funding", "data", "speaker",
    ]  # fmt: skip


def test_help_type_is_guessed_from_sentence():
    sentence = "The ITU offered to provide technical solutions to the coalition if such need arose."

    assert guess_help_type_from_text(sentence).name == "technical"
    assert guess_help_type_from_text("A grant for three years.").name == "funding"
    assert guess_help_type_from_text("Nothing of it.").name == "technical"


@pytest.mark.parametrize(
    ("toml_row", "expected_sentence"),
    [
        ('name = "a"\nlabel = { en = "A" }', "help.toml: a: hint is not in English"),
        ('label = { en = "A" }\nhint = { en = "A" }', "help.toml: a sort has no name"),
        (NEARBY_SORT_TOML, "help.toml: a is near to what is not there: ['b']"),
    ],
)  # fmt: skip
def test_broken_help_type_file_error_names_place(toml_row, expected_sentence, tmp_path, monkeypatch):
    field = '[[field]]\nname = "x"\nlabel = { en = "X" }'
    (tmp_path / "help.toml").write_text(f"[[sort]]\n{toml_row}\n{field}\n", encoding="utf-8")
    monkeypatch.setattr("jukwaa.cooperation.schema._get_data_folder", lambda: tmp_path)

    with pytest.raises(SchemaError) as broken:
        load_help_types.__wrapped__()

    assert str(broken.value) == expected_sentence


def test_representative_can_post_short_offer(client, coalition, new_offer_form, person_who_gives, giving_organisation):
    client.force_login(person_who_gives)
    chosen = client.get(new_offer_form)
    client.post(
        f"{new_offer_form}?sort=training",
        {**OFFER_FORM_DATA, "detail_audience": "teachers", "countries": ["KE"], "reach": "+254 1"},
    )

    offer = Offer.objects.get()
    assert [sort.name for sort in chosen.context["sorts"]] == [sort.name for sort in load_help_types()]
    assert (offer.title, offer.organisation, offer.sort, offer.state) == (
        OFFER_FORM_DATA["title"],
        giving_organisation,
        "training",
        "published",
    )
    assert (offer.details["audience"], offer.countries, offer.reach, offer.until) == (
        "teachers",
        ["KE"],
        "+254 1",
        None,
    )
    assert offer.review_by == timezone.localdate() + timedelta(days=180)  # without an end it is asked about again
    assert list(Activity.objects.values_list("kind", "verb")) == [("help-offered", "published")]
    assert [hit.record.pk for hit in index.search_records(coalition, person_who_gives, "grooming").hits] == [offer.pk]
    assert [hit.record.pk for hit in index.search_records(coalition, person_who_gives, "teachers").hits] == [offer.pk]
    page = client.get(offer.get_absolute_url())
    assert page.status_code == 200
    assert "+254 1" not in page.text


def test_offer_sent_twice_is_saved_once(client, new_offer_form, person_who_gives):
    client.force_login(person_who_gives)
    for _ in range(2):
        client.post(
            f"{new_offer_form}?sort=training", {**OFFER_FORM_DATA, "token": "6a1d4b1c-2f0e-4f83-9f5e-0b8b7a9b4f11"}
        )

    assert Offer.objects.count() == 1


def test_person_without_organisation_cannot_offer(client, new_offer_form, member, coordinator, outsider):
    for person, status in ((member, 403), (coordinator, 403), (outsider, 403)):
        client.force_login(person)
        assert client.post(f"{new_offer_form}?sort=training", OFFER_FORM_DATA).status_code == status

    assert not Offer.objects.exists()


def test_former_member_organisation_cannot_offer_and_keeps_text(
    client, new_offer_form, person_who_gives, giving_organisation
):
    giving_organisation.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(person_who_gives)
    refused = client.post(f"{new_offer_form}?sort=training", OFFER_FORM_DATA)

    assert refused.status_code == 422
    assert (
        "A university has left the coalition. It can offer and ask for help again once it is a member again."
        in refused.text
    )
    assert OFFER_FORM_DATA["title"] in refused.text
    assert not Offer.objects.exists()


def test_reversed_dates_show_error(client, new_offer_form, person_who_gives):
    client.force_login(person_who_gives)
    refused = client.post(
        f"{new_offer_form}?sort=training", {**OFFER_FORM_DATA, "starts_on": "2027-03-01", "until": "2027-02-01"}
    )

    assert (refused.status_code, Offer.objects.count()) == (422, 0)
    assert "Choose an end date on or after the start date." in refused.text


def build_edited_form_data(help_record, **more):
    return {
        **OFFER_FORM_DATA,
        "title": help_record.title,
        "sort": help_record.sort,
        "version": help_record.version,
        **more,
    }


def test_owner_changes_offer_and_history_omits_contact(client, coalition, offer, person_who_gives):
    client.force_login(person_who_gives)
    url = get_offer_url(coalition, "offer_edit", offer.pk)
    client.post(url, build_edited_form_data(offer, amount="Ten days", reach="+254 20", contact=person_who_gives.pk))

    offer.refresh_from_db()
    assert (offer.amount, offer.reach, offer.contact) == ("Ten days", "+254 20", person_who_gives)
    assert list(Activity.objects.values_list("verb", flat=True)) == ["changed", "changed-contact"]
    assert "+254 20" not in client.get(reverse("records:history", args=[coalition.slug, offer.pk])).text
    assert client.get(url).context["form"].initial["reach"] == "+254 20"


def test_record_keeper_changes_offer_without_seeing_contact(client, coalition, offer, rapporteur, member):
    Offer.objects.filter(pk=offer.pk).update(reach="+254 20")
    url = get_offer_url(coalition, "offer_edit", offer.pk)
    client.force_login(rapporteur)
    page = client.get(url)
    client.post(url, build_edited_form_data(offer, title="We train teachers and heads", reach="mine"))

    offer.refresh_from_db()
    assert "+254 20" not in page.text
    assert {"reach", "contact"} & set(page.context["form"].fields) == set()
    assert (offer.title, offer.reach) == ("We train teachers and heads", "+254 20")
    client.force_login(member)
    assert client.get(url).status_code == 403


def test_offer_edit_conflict_shows_both_texts(client, coalition, offer, person_who_gives):
    client.force_login(person_who_gives)
    url = get_offer_url(coalition, "offer_edit", offer.pk)
    client.post(url, build_edited_form_data(offer, title="We train heads"))
    late = client.post(url, build_edited_form_data(offer, title="We train parents"))

    assert late.status_code == 409
    assert [
        (each.now, each.yours) for each in late.context["differences"] if each.label.startswith("What do you offer")
    ] == [("We train heads", "We train parents")]


def test_offer_is_closed_with_reason_and_reopened(client, coalition, offer, person_who_gives):
    client.force_login(person_who_gives)
    close, confirm = (get_offer_url(coalition, f"offer_{deed}", offer.pk) for deed in ("close", "confirm"))
    empty = client.post(close, {"reason": ""})
    client.post(close, {"reason": "The trainers have left."})

    offer.refresh_from_db()
    assert "Give a short reason." in empty.text
    assert (offer.is_closed, offer.closed_because) == (True, "The trainers have left.")
    assert "The trainers have left." in client.get(offer.get_absolute_url()).text
    client.post(confirm)
    offer.refresh_from_db()
    assert (offer.is_closed, offer.closed_because, offer.confirmed_on) == (False, "", timezone.localdate())
    assert list(Activity.objects.values_list("verb", flat=True)) == ["closed", "confirmed"]


def test_only_permitted_people_close_and_confirm_offer(
    client, coalition, offer, member, rapporteur, coordinator, person_who_needs
):
    for person in (member, rapporteur, person_who_needs):
        client.force_login(person)
        for deed in ("close", "confirm"):
            assert client.post(get_offer_url(coalition, f"offer_{deed}", offer.pk), {"reason": "So"}).status_code == 403
    client.force_login(coordinator)
    client.post(get_offer_url(coalition, "offer_close", offer.pk), {"reason": "They wrote so."})

    offer.refresh_from_db()
    assert offer.closed_because == "They wrote so."


def test_expired_offer_cannot_be_confirmed(client, coalition, offer, person_who_gives):
    Offer.objects.filter(pk=offer.pk).update(until=timezone.localdate() - timedelta(days=1))
    client.force_login(person_who_gives)
    answer = client.post(get_offer_url(coalition, "offer_confirm", offer.pk), follow=True)

    assert (
        "The end date has passed. Edit this page to choose a later end date or to remove the end date." in answer.text
    )


def list_shown_titles(response):
    return [given.title for given in response.context["page"].rows]


def test_country_filter_includes_offers_for_all_countries(client, coalition, coordinator):
    area = coalition.areas.create(name="Education")
    today = timezone.localdate()
    told = {
        "anywhere": {},
        "in Kenya": {"countries": ["KE"], "languages": ["sw"]},
        "in Fiji": {"countries": ["FJ"], "sort": "data"},
        "over": {"until": today - timedelta(days=1)},
        "closed": {"closed_at": timezone.now(), "closed_because": "So"},
    }
    offers = {
        title: OfferFactory(coalition=coalition, title=title, published=True, **more) for title, more in told.items()
    }
    offers["in Fiji"].areas.add(area)
    url = get_offer_url(coalition, "offer_list")

    assert list_shown_titles(client.get(url)) == ["in Fiji", "in Kenya", "anywhere"]
    assert list_shown_titles(client.get(url, {"country": "KE"})) == ["in Kenya", "anywhere"]
    assert list_shown_titles(client.get(url, {"language": "sw"})) == ["in Fiji", "in Kenya", "anywhere"]
    assert list_shown_titles(client.get(url, {"language": "fr"})) == ["in Fiji", "anywhere"]
    assert list_shown_titles(client.get(url, {"sort": "data"})) == ["in Fiji"]
    assert list_shown_titles(client.get(url, {"area": area.pk})) == ["in Fiji"]
    assert list_shown_titles(client.get(url, {"show": "closed"})) == ["closed", "over"]
    assert list_shown_titles(client.get(url, {"sort": "magic", "area": "x"})) == ["in Fiji", "in Kenya", "anywhere"]


def test_organisation_page_links_to_its_offers(client, coalition, offer, giving_organisation):
    OfferFactory(coalition=coalition, published=True, title="Of somebody else")
    url = f"{get_offer_url(coalition, 'offer_list')}?organisation={giving_organisation.pk}"

    assert (
        url in client.get(reverse("coalitions:organisation_detail", args=[coalition.slug, giving_organisation.pk])).text
    )
    assert list_shown_titles(client.get(url)) == ["We train teachers"]
    assert list_shown_titles(client.get(f"{url}x")) == ["Of somebody else", "We train teachers"]


@pytest.mark.parametrize("count", [1, 3])
def test_offer_list_query_count_is_constant(client, coalition, member, django_assert_num_queries, count):
    for number in range(count):
        OfferFactory(coalition=coalition, published=True, organisation=None, title=f"Offer {number}")
        NeedFactory(coalition=coalition, published=True, title=f"Need {number}")
    client.force_login(member)
    client.get(get_offer_url(coalition, "offer_list"))
    with django_assert_num_queries(5):
        client.get(get_offer_url(coalition, "offer_list"))
    with django_assert_num_queries(5):
        client.get(get_offer_url(coalition, "overview"))


def test_withdrawn_offer_is_hidden(client, coalition, offer, person_who_gives):
    client.force_login(person_who_gives)
    client.post(reverse("records:withdraw", args=[coalition.slug, offer.pk]), {"reason": "By mistake."})
    offer.refresh_from_db()
    client.logout()

    assert offer.state == State.WITHDRAWN
    assert client.get(offer.get_absolute_url()).status_code == 404
    assert list_shown_titles(client.get(get_offer_url(coalition, "offer_list"))) == []


def test_purged_offer_leaves_no_trace(offer, person_who_gives):
    offer.contact = person_who_gives
    offer.details, offer.amount, offer.reach, offer.closed_because = {"topic": "x"}, "ten", "+1", "So"
    offer.erase_texts()

    assert (offer.details, offer.amount, offer.reach, offer.terms, offer.closed_because) == (
        {},
        "",
        "",
        {},
        "deleted permanently",
    )
    assert offer.contact is None


def test_fields_of_help_type_are_kept_when_type_changes(client, coalition, offer, person_who_gives):
    client.force_login(person_who_gives)
    url = get_offer_url(coalition, "offer_edit", offer.pk)
    client.post(url, build_edited_form_data(offer, detail_audience="teachers"))
    client.post(url, build_edited_form_data(offer, version=2, sort="data", detail_audience="teachers"))

    offer.refresh_from_db()
    assert (offer.sort, offer.details["audience"], [field.name for field in get_help_type("data").fields]) == (
        "data",
        "teachers",
        ["about_what", "conditions"],
    )


def test_country_page_links_to_open_offers(client, coalition, giving_organisation):
    there = f"{get_offer_url(coalition, 'offer_list')}?country=KE&amp;show=untaken"
    OfferFactory(coalition=coalition, title="Only in Fiji", countries=["FJ"], published=True)
    OfferFactory(coalition=coalition, title="Anywhere", published=True)
    search = reverse("search:search", args=[coalition.slug])

    assert f'{there}">Open offers in Kenya' in client.get(giving_organisation.get_absolute_url()).text
    assert f'{there}">Open offers in Kenya' in client.get(f"{search}?q=x&country=KE").text
    assert there not in client.get(f"{search}?q=x").text
    rows = client.get(there.replace("&amp;", "&")).context["page"].rows
    assert [offer.title for offer in rows] == ["Anywhere"]


@pytest.mark.parametrize(("side", "hint"), [("offer", "the offer was taken up"), ("need", "someone is helping")])
def test_hint_about_closing_is_about_this_side(client, coalition, offer, need, coordinator, side, hint):
    client.force_login(coordinator)
    given = offer if side == "offer" else need
    page = client.get(get_offer_url(coalition, f"{side}_close", given.pk)).text

    assert [each for each in ("the offer was taken up", "someone is helping") if each in page] == [hint]
