"""The pages of observations: issues, one issue side by side, and what others say below one of them."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.library.models import Item
from jukwaa.records.models import Audience, Held, Label
from jukwaa.regions.actions.voices import add_voice
from jukwaa.regions.models import Voice
from tests.regions.observed import observed, organisation_of, speaker_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(coalition):
    return speaker_from(coalition, "KE", name="A helpline")


@pytest.fixture
def other(coalition):
    return speaker_from(coalition, "NG", name="A school network")


@pytest.fixture
def item(coalition, author):
    return observed(coalition, author)


def at(name, *args):
    return reverse(f"regions:{name}", args=["ours", *args])


def say(person, item, says="confirms", words=""):
    organisation = organisation_of(person)
    return add_voice(actor=person, observation=item, organisation=organisation, says=says, words=words)


def test_a_second_member_says_on_a_page_what_they_see(client, item, other):
    client.force_login(other)
    page = client.get(item.get_absolute_url()).text
    assert all(f"{at('voice_new', item.pk)}?says={says}" in page for says in Voice.Says.values)
    url = at("voice_new", item.pk)
    typed = {"says": "differs", "words": "Here they pay once.", "capacity": str(organisation_of(other).pk)}
    said = client.post(url, typed)

    voice = Voice.objects.get()
    assert (said.status_code, said.url) == (302, f"{item.get_absolute_url()}#voice-{voice.pk}")
    client.logout()
    page = client.get(item.get_absolute_url()).text
    seen = ("Here they pay once.", "A school network", "Nigeria", "We see it differently")
    assert [word in page for word in seen] == [True] * 4


def test_the_form_sent_twice_says_it_once(client, item, other):
    client.force_login(other)
    form = client.get(at("voice_new", item.pk)).context["form"]
    typed = {"says": "confirms", "token": form.initial["token"], "capacity": str(organisation_of(other).pk)}
    answers = [client.post(at("voice_new", item.pk), typed).status_code for _ in range(2)]

    assert (answers, Voice.objects.count()) == ([302, 302], 1)


SAY_MORE = {"words": ["Describe what you add, or what you see differently."]}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"words": "It is so."}, {"says": ["Choose one of these."]}),
        ({"says": "differs"}, SAY_MORE),
        ({"says": "adds", "words": " "}, SAY_MORE),
    ],
)
def test_who_adds_or_differs_says_what(client, item, other, typed, wrong):
    client.force_login(other)
    answer = client.post(at("voice_new", item.pk), typed)

    assert (answer.status_code, answer.context["form"].errors) == (422, wrong)
    assert not Voice.objects.exists()


def test_words_by_which_somebody_could_be_found_come_back_once_and_a_disclosure_goes_no_further(client, item, other):
    client.force_login(other)
    typed = {"says": "adds", "words": "Amina Otieno, 12, of Kisumu, amina@example.org, pays too."}
    first = client.post(at("voice_new", item.pk), typed)
    held = client.post(at("voice_new", item.pk), {"says": "adds", "words": "My uncle touched me and I am 12."})

    assert (first.status_code, "screened" in first.context["form"].data) == (422, True)
    assert (held.status_code, Held.objects.count(), Voice.objects.count()) == (302, 1, 0)


def test_whoever_wrote_it_and_whoever_is_elsewhere_is_told_why_they_do_not_speak(client, coalition, item, author):
    for person in (author, speaker_from(coalition, "FR", name="Elsewhere")):
        client.force_login(person)
        assert "?says=" not in client.get(item.get_absolute_url()).text
        answer = client.get(at("voice_new", item.pk))
        assert (answer.status_code, "Only members from the same region can respond" in answer.text) == (403, True)


def test_what_one_said_is_changed_and_taken_back_on_pages(client, item, author, other):
    voice = say(other, item, "adds", "More of it.")
    client.force_login(other)
    assert client.get(at("voice_change", voice.pk)).context["form"].initial["words"] == "More of it."
    client.post(at("voice_change", voice.pk), {"says": "differs", "words": "Not any more."})
    page = client.get(item.get_absolute_url()).text
    assert [word in page for word in ("More of it.", "Not any more.", "Earlier responses")] == [True] * 3

    now = Voice.objects.get(stands=True)
    assert client.get(at("voice_take_back", now.pk)).status_code == 200
    assert client.post(at("voice_take_back", now.pk)).status_code == 302
    assert not Voice.objects.exists()


def test_nobody_changes_or_takes_back_what_another_said(client, item, author, other):
    voice = say(other, item)
    client.force_login(author)

    for name in ("voice_change", "voice_take_back"):
        assert [client.get(at(name, voice.pk)).status_code, client.post(at(name, voice.pk)).status_code] == [403, 403]


def test_an_issue_stands_side_by_side_and_the_difference_stays_visible(client, coalition, item, other):
    french = speaker_from(coalition, "FR", name="A hotline")
    observed(coalition, french, ["FR"], title="They report and wait")
    say(other, item, "differs", "Here they pay once.")
    say(speaker_from(coalition, "KE", name="A union"), item)
    page = client.get(at("issue_detail", "fees-for-removal")).text

    seen = (
        "They pay twice",
        "They report and wait",
        "1 confirms this",
        "1 sees it differently",
        "Here they pay once.",
    )
    assert [word in page for word in seen] == [True] * 5
    assert page.index("African Group") < page.index("Western European and Others Group")
    assert client.get(at("issue_detail", "nothing-of-this")).status_code == 404


def test_words_stand_apart_in_a_sentence_that_runs_the_other_way(client, item, other):
    say(other, item, "differs", "Here <b>they</b> pay once.")
    page = client.get(at("issue_detail", "fees-for-removal")).text
    assert "sees it differently: <bdi>Here &lt;b&gt;they&lt;/b&gt; pay once.</bdi>" in page


def test_a_member_makes_a_brief_of_the_observations_of_an_issue(client, coalition, item, other):
    second = observed(coalition, speaker_from(coalition, "FR", name="A hotline"), ["FR"])
    address = f"{at('brief_new')}?record={item.pk}&amp;record={second.pk}"
    assert address not in client.get(at("issue_detail", "fees-for-removal")).text
    client.force_login(other)

    assert address in client.get(at("issue_detail", "fees-for-removal")).text
    page = client.get(at("brief_new"), {"record": [item.pk, second.pk]}).text
    assert "Based on 2 records" in page


def test_issues_are_narrowed_by_region_and_area(client, coalition, item, author):
    area = AreaOfWork.objects.create(coalition=coalition, name="Education")
    observed(coalition, author, ["FR"], issue="Filters in schools").areas.add(area)

    def named(**asked):
        page = client.get(at("observation_list"), asked).text
        return [name for name in ("Fees for removal", "Filters in schools") if name in page]

    assert named() == ["Fees for removal", "Filters in schools"]
    assert named(region="african") == ["Fees for removal"]
    assert named(area=area.pk) == ["Filters in schools"]
    assert named(region="weog", area=area.pk) == ["Filters in schools"]
    assert named(region="grulac") == []
    assert named(region="nonsense") == ["Fees for removal", "Filters in schools"]


def test_members_read_how_to_write_one_by_mail(client, coalition, member):
    assert "share+ours@" not in client.get(at("observation_list")).text
    client.force_login(member)
    assert "share+ours@" in client.get(at("observation_list")).text


def test_the_ways_in_are_on_the_pages_of_the_region_of_coverage_and_of_the_library(client, coalition, item):
    observations = at("observation_list")

    assert f"{observations}?region=african" in client.get(at("region_detail", "african")).text
    assert "They pay twice" in client.get(at("region_detail", "african")).text
    assert "They pay twice" not in client.get(at("region_detail", "weog")).text
    assert observations in client.get(at("coverage")).text
    library = reverse("library:item_list", args=["ours"])
    assert observations in client.get(library, {"kind": "regional-observation"}).text
    assert observations not in client.get(library).text


def test_no_word_of_what_named_organisations_alone_read_is_on_a_page_of_others(
    client, coalition, item, author, other, coordinator
):
    say(other, item, "differs", "A canary in words.")
    details = {"issue": "A canary of an issue"}
    Item.objects.filter(pk=item.pk).update(label=Label.AMBER, title="A canary of a title", details=details)
    for person in (author, other):
        Audience.objects.create(record=item, organisation=organisation_of(person))
    coalition.revision += 1
    coalition.save()
    pages = [
        at("observation_list"),
        at("issue_detail", "a-canary-of-an-issue"),
        at("region_detail", "african"),
        at("coverage"),
        item.get_absolute_url(),
        at("voice_new", item.pk),
        at("voice_take_back", Voice.objects.get().pk),
    ]
    for person in (None, speaker_from(coalition, "KE", name="A third"), coordinator):
        client.force_login(person) if person else client.logout()
        assert [url for url in pages if "canary" in client.get(url, follow=True).text.replace(url, "")] == []
    client.force_login(other)
    assert "A canary in words." in client.get(pages[1]).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_however_much_is_seen(
    client, coalition, member, author, django_assert_num_queries, number
):
    others = [speaker_from(coalition, "KE", name=f"Other {place}") for place in range(number)]
    for place in range(number):
        item = observed(coalition, author, title=f"Seen {place}")
        for person in others:
            say(person, item, "differs", "Otherwise.")
    client.force_login(member)
    for url, queries in (
        (at("observation_list"), 4),
        (at("issue_detail", "fees-for-removal"), 8),
        (item.get_absolute_url(), 12),
    ):
        client.get(url)
        with django_assert_num_queries(queries):
            client.get(url)


def test_the_names_that_others_gave_to_issues_are_offered_to_whoever_may_read_them(client, coalition, item, other):
    hidden = observed(coalition, speaker_from(coalition, "KE", name="A third"), issue="A canary")
    Item.objects.filter(pk=hidden.pk).update(label=Label.RED)
    draft = observed(coalition, other, published=False, issue="")
    client.force_login(other)
    share = f"{reverse('library:item_new', args=['ours'])}?kind=regional-observation"
    for url in (share, reverse("library:item_edit", args=["ours", draft.pk])):
        page = client.get(url).text
        assert '<option value="Fees for removal"></option>' in page
        assert "A canary" not in page
