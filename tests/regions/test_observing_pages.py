"""The pages of observations: issues, one issue side by side, and what others say below one of them."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.library.models import Item
from jukwaa.records.models import Audience, Held, Label
from jukwaa.regions.actions.voices import add_observation_voice
from jukwaa.regions.models import Voice
from tests.regions.observations import create_observation, create_representative, get_first_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(coalition):
    return create_representative(coalition, "KE", organisation_name="A helpline")


@pytest.fixture
def author_of_other_organisation(coalition):
    return create_representative(coalition, "NG", organisation_name="A school network")


@pytest.fixture
def item(coalition, author):
    return create_observation(coalition, author)


def build_regions_url(route_name, *args):
    return reverse(f"regions:{route_name}", args=["ours", *args])


def add_voice_of(person, observation, voice_stance="confirms", voice_text=""):
    organisation = get_first_organisation(person)
    return add_observation_voice(
        actor=person, observation=observation, organisation=organisation, says=voice_stance, words=voice_text
    )


def test_member_of_region_responds_on_page(client, item, author_of_other_organisation):
    client.force_login(author_of_other_organisation)
    page = client.get(item.get_absolute_url()).text
    assert all(f"{build_regions_url('voice_new', item.pk)}?says={says}" in page for says in Voice.Says.values)
    url = build_regions_url("voice_new", item.pk)
    typed = {
        "says": "differs",
        "words": "Here they pay once.",
        "capacity": str(get_first_organisation(author_of_other_organisation).pk),
    }
    said = client.post(url, typed)

    voice = Voice.objects.get()
    assert (said.status_code, said.url) == (302, f"{item.get_absolute_url()}#voice-{voice.pk}")
    client.logout()
    page = client.get(item.get_absolute_url()).text
    seen = ("Here they pay once.", "A school network", "Nigeria", "We see it differently")
    assert [word in page for word in seen] == [True] * 4


def test_resubmitted_form_adds_one_response(client, item, author_of_other_organisation):
    client.force_login(author_of_other_organisation)
    form = client.get(build_regions_url("voice_new", item.pk)).context["form"]
    typed = {
        "says": "confirms",
        "token": form.initial["token"],
        "capacity": str(get_first_organisation(author_of_other_organisation).pk),
    }
    answers = [client.post(build_regions_url("voice_new", item.pk), typed).status_code for _ in range(2)]

    assert (answers, Voice.objects.count()) == ([302, 302], 1)


WORDS_REQUIRED_ERROR = {"words": ["Describe what you add, or what you see differently."]}


@pytest.mark.parametrize(
    ("form_data", "error_messages"),
    [
        (
            {"words": "It is so."},
            {"says": ["Choose whether you observe the same thing, add something or see it differently."]},
        ),
        ({"says": "differs"}, WORDS_REQUIRED_ERROR),
        ({"says": "adds", "words": " "}, WORDS_REQUIRED_ERROR),
    ],
)
def test_response_that_adds_or_differs_requires_text(
    client, item, author_of_other_organisation, form_data, error_messages
):
    client.force_login(author_of_other_organisation)
    answer = client.post(build_regions_url("voice_new", item.pk), form_data)

    assert (answer.status_code, answer.context["form"].errors) == (422, error_messages)
    assert not Voice.objects.exists()


def test_identifying_words_warn_and_disclosure_is_quarantined(client, item, author_of_other_organisation):
    client.force_login(author_of_other_organisation)
    typed = {"says": "adds", "words": "Amina Otieno, 12, of Kisumu, amina@example.org, pays too."}
    first = client.post(build_regions_url("voice_new", item.pk), typed)
    held = client.post(
        build_regions_url("voice_new", item.pk), {"says": "adds", "words": "My uncle touched me and I am 12."}
    )

    assert (first.status_code, "screened" in first.context["form"].data) == (422, True)
    assert (held.status_code, Held.objects.count(), Voice.objects.count()) == (302, 1, 0)


def test_page_says_why_author_and_others_cannot_respond(client, coalition, item, author):
    for person in (author, create_representative(coalition, "FR", organisation_name="Elsewhere")):
        client.force_login(person)
        assert "?says=" not in client.get(item.get_absolute_url()).text
        answer = client.get(build_regions_url("voice_new", item.pk))
        assert (answer.status_code, "Only members from the same region can respond" in answer.text) == (403, True)


def test_response_is_changed_and_withdrawn_on_pages(client, item, author, author_of_other_organisation):
    voice = add_voice_of(author_of_other_organisation, item, "adds", "More of it.")
    client.force_login(author_of_other_organisation)
    assert client.get(build_regions_url("voice_change", voice.pk)).context["form"].initial["words"] == "More of it."
    client.post(build_regions_url("voice_change", voice.pk), {"says": "differs", "words": "Not any more."})
    page = client.get(item.get_absolute_url()).text
    assert [word in page for word in ("More of it.", "Not any more.", "Earlier responses")] == [True] * 3

    now = Voice.objects.get(stands=True)
    assert client.get(build_regions_url("voice_take_back", now.pk)).status_code == 200
    assert client.post(build_regions_url("voice_take_back", now.pk)).status_code == 302
    assert not Voice.objects.exists()


def test_response_of_others_cannot_be_changed(client, item, author, author_of_other_organisation):
    voice = add_voice_of(author_of_other_organisation, item)
    client.force_login(author)

    for name in ("voice_change", "voice_take_back"):
        assert [
            client.get(build_regions_url(name, voice.pk)).status_code,
            client.post(build_regions_url(name, voice.pk)).status_code,
        ] == [
            403,
            403,
        ]


def test_issue_page_shows_differing_observations_side_by_side(client, coalition, item, author_of_other_organisation):
    french = create_representative(coalition, "FR", organisation_name="A hotline")
    create_observation(coalition, french, ["FR"], title="They report and wait")
    add_voice_of(author_of_other_organisation, item, "differs", "Here they pay once.")
    add_voice_of(create_representative(coalition, "KE", organisation_name="A union"), item)
    page = client.get(build_regions_url("issue_detail", "fees-for-removal")).text

    seen = (
        "They pay twice",
        "They report and wait",
        "1 response confirms this",
        "1 response sees it differently",
        "Here they pay once.",
    )
    assert [word in page for word in seen] == [True] * 5
    assert page.index("African Group") < page.index("Western European and Others Group")
    assert client.get(build_regions_url("issue_detail", "nothing-of-this")).status_code == 404


def test_names_are_isolated_in_right_to_left_sentence(client, item, author_of_other_organisation):
    add_voice_of(author_of_other_organisation, item, "differs", "Here <b>they</b> pay once.")
    page = client.get(build_regions_url("issue_detail", "fees-for-removal")).text
    assert "sees it differently: <bdi>Here &lt;b&gt;they&lt;/b&gt; pay once.</bdi>" in page


def test_observations_of_issue_become_brief(client, coalition, item, author_of_other_organisation):
    second = create_observation(
        coalition, create_representative(coalition, "FR", organisation_name="A hotline"), ["FR"]
    )
    address = f"{build_regions_url('brief_new')}?record={item.pk}&amp;record={second.pk}"
    assert address not in client.get(build_regions_url("issue_detail", "fees-for-removal")).text
    client.force_login(author_of_other_organisation)

    assert address in client.get(build_regions_url("issue_detail", "fees-for-removal")).text
    page = client.get(build_regions_url("brief_new"), {"record": [item.pk, second.pk]}).text
    assert "Based on 2 records" in page


def test_issues_are_filtered_by_region_and_area(client, coalition, item, author):
    area = AreaOfWork.objects.create(coalition=coalition, name="Education")
    create_observation(coalition, author, ["FR"], issue_name="Filters in schools").areas.add(area)

    def list_shown_issue_names(**asked):
        page = client.get(build_regions_url("observation_list"), asked).text
        return [name for name in ("Fees for removal", "Filters in schools") if name in page]

    assert list_shown_issue_names() == ["Fees for removal", "Filters in schools"]
    assert list_shown_issue_names(region="african") == ["Fees for removal"]
    assert list_shown_issue_names(area=area.pk) == ["Filters in schools"]
    assert list_shown_issue_names(region="weog", area=area.pk) == ["Filters in schools"]
    assert list_shown_issue_names(region="grulac") == []
    assert list_shown_issue_names(region="nonsense") == ["Fees for removal", "Filters in schools"]


def test_members_see_how_to_add_observation_by_email(client, coalition, member):
    assert "share+ours@" not in client.get(build_regions_url("observation_list")).text
    client.force_login(member)
    assert "share+ours@" in client.get(build_regions_url("observation_list")).text


def test_pages_link_to_issues(client, coalition, item):
    observations = build_regions_url("observation_list")

    assert f"{observations}?region=african" in client.get(build_regions_url("region_detail", "african")).text
    assert "They pay twice" in client.get(build_regions_url("region_detail", "african")).text
    assert "They pay twice" not in client.get(build_regions_url("region_detail", "weog")).text
    assert observations in client.get(build_regions_url("coverage")).text
    library = reverse("library:item_list", args=["ours"])
    assert observations in client.get(library, {"kind": "regional-observation"}).text
    assert observations not in client.get(library).text


def test_restricted_observation_is_hidden_from_others(
    client, coalition, item, author, author_of_other_organisation, coordinator
):
    add_voice_of(author_of_other_organisation, item, "differs", "A canary in words.")
    details = {"issue": "A canary of an issue"}
    Item.objects.filter(pk=item.pk).update(label=Label.AMBER, title="A canary of a title", details=details)
    for person in (author, author_of_other_organisation):
        Audience.objects.create(record=item, organisation=get_first_organisation(person))
    coalition.revision += 1
    coalition.save()
    pages = [
        build_regions_url("observation_list"),
        build_regions_url("issue_detail", "a-canary-of-an-issue"),
        build_regions_url("region_detail", "african"),
        build_regions_url("coverage"),
        item.get_absolute_url(),
        build_regions_url("voice_new", item.pk),
        build_regions_url("voice_take_back", Voice.objects.get().pk),
    ]
    for person in (None, create_representative(coalition, "KE", organisation_name="A third"), coordinator):
        client.force_login(person) if person else client.logout()
        assert [url for url in pages if "canary" in client.get(url, follow=True).text.replace(url, "")] == []
    client.force_login(author_of_other_organisation)
    assert "A canary in words." in client.get(pages[1]).text


@pytest.mark.parametrize("row_count", [1, 3])
def test_observation_pages_query_count_is_constant(
    client, coalition, member, author, django_assert_num_queries, row_count
):
    others = [create_representative(coalition, "KE", organisation_name=f"Other {place}") for place in range(row_count)]
    for place in range(row_count):
        item = create_observation(coalition, author, title=f"Seen {place}")
        for person in others:
            add_voice_of(person, item, "differs", "Otherwise.")
    client.force_login(member)
    for url, queries in (
        (build_regions_url("observation_list"), 4),
        (build_regions_url("issue_detail", "fees-for-removal"), 8),
        (item.get_absolute_url(), 11),
    ):
        client.get(url)
        with django_assert_num_queries(queries):
            client.get(url)


def test_issue_names_are_suggested_to_readers(client, coalition, item, author_of_other_organisation):
    hidden = create_observation(
        coalition, create_representative(coalition, "KE", organisation_name="A third"), issue_name="A canary"
    )
    Item.objects.filter(pk=hidden.pk).update(label=Label.RED)
    draft = create_observation(coalition, author_of_other_organisation, published=False, issue_name="")
    client.force_login(author_of_other_organisation)
    share = f"{reverse('library:item_new', args=['ours'])}?kind=regional-observation"
    for url in (share, reverse("library:item_edit", args=["ours", draft.pk])):
        page = client.get(url).text
        assert '<option value="Fees for removal"></option>' in page
        assert "A canary" not in page
