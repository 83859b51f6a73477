"""Following and letting go, by plain buttons; the page of what one follows, and of what is new to one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Membership
from jukwaa.search.models import SavedSearch
from jukwaa.updates.models import Digest, Follow, MailChoice, Seen
from tests.factories import DocumentFactory, EntryFactory, ItemFactory, MeetingFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def get_following_url(coalition):
    return lambda name: reverse(f"updates:{name}", args=[coalition.slug])


@pytest.fixture
def item(coalition, rapporteur):
    return ItemFactory(coalition=coalition, title="A practice", published=True, author=rapporteur)


@pytest.fixture
def member_client(client, member):
    client.force_login(member)
    return client


def list_followed_things():
    return [(follow.person.name, follow.what, follow.value) for follow in Follow.objects.order_by("pk")]


def list_followable_things(coalition, member, item, organisation):
    """One of each, with the page that has its button."""
    area = AreaOfWork.objects.create(coalition=coalition, name="Helplines")
    search = SavedSearch.objects.create(person=member, coalition=coalition, name="Hotlines", query="q=hotline")
    library = reverse("library:item_list", args=[coalition.slug])
    return {
        f"record:{item.pk}": item.get_absolute_url(),
        f"search:{search.pk}": f"{reverse('search:search', args=[coalition.slug])}?q=hotline",
        f"organisation:{organisation.pk}": organisation.get_absolute_url(),
        "kind:good-practice": f"{library}?kind=good-practice",
        f"area:{area.pk}": reverse("updates:following", args=[coalition.slug]),
        "region:african": reverse("updates:following", args=[coalition.slug]),
    }


def test_followable_subjects_have_follow_button(
    member_client, coalition, member, item, organisation, get_following_url
):
    for thing, page in list_followable_things(coalition, member, item, organisation).items():
        before = member_client.get(page)
        assert f'value="{thing}"' in before.text, thing
        follows = member_client.post(get_following_url("follow_add"), {"thing": thing, "next": page})
        assert (follows.status_code, follows.url) == (302, page)
        assert list_followed_things() == [("A member", *thing.split(":"))]
        after = member_client.get(page)
        assert f'action="{get_following_url("follow_end")}"' in after.text
        member_client.post(get_following_url("follow_end"), {"thing": thing, "next": page})
        assert list_followed_things() == []


def test_repeated_follow_and_unfollow_change_nothing(member_client, get_following_url):
    for _press in range(2):
        member_client.post(get_following_url("follow_add"), {"thing": "kind:model"})
    assert list_followed_things() == [("A member", "kind", "model")]
    for _press in range(2):
        assert member_client.post(get_following_url("follow_end"), {"thing": "kind:model"}).status_code == 302
    assert list_followed_things() == []


@pytest.mark.parametrize(
    "followed_thing",
    ["kind:rumour", "region:atlantis", "area:99", "record:99", f"record:{'9' * 30}", "record:x", "nonsense", ":"],
)
def test_missing_subject_cannot_be_followed(member_client, get_following_url, followed_thing):
    assert member_client.post(get_following_url("follow_add"), {"thing": followed_thing}).status_code == 404
    assert member_client.post(get_following_url("follow_end"), {"thing": followed_thing}).status_code in {302, 404}
    assert list_followed_things() == []


def test_hidden_subject_cannot_be_followed(member_client, get_following_url, coalition, coordinator, other_coalition):
    secret = ItemFactory(coalition=coalition, label="TLP:RED", published=True)
    theirs = ItemFactory(coalition=other_coalition, published=True)
    area = AreaOfWork.objects.create(coalition=other_coalition, name="Elsewhere")
    organisation = OrganisationFactory(coalition=other_coalition)
    search = SavedSearch.objects.create(person=coordinator, coalition=coalition, name="Theirs", query="q=x")
    for thing in (
        f"record:{secret.pk}",
        f"record:{theirs.pk}",
        f"area:{area.pk}",
        f"organisation:{organisation.pk}",
        f"search:{search.pk}",
    ):
        assert member_client.post(get_following_url("follow_add"), {"thing": thing}).status_code == 404, thing
    assert list_followed_things() == []


def test_visitor_sees_no_follow_button(client, item, get_following_url):
    assert get_following_url("follow_add") not in client.get(item.get_absolute_url()).text
    assert "Sign in" in client.post(get_following_url("follow_add"), {"thing": "kind:model"}).text
    assert list_followed_things() == []


def test_empty_follow_choice_shows_error(member_client, get_following_url):
    answer = member_client.post(get_following_url("follow_add"), {"thing": ""})

    assert answer.status_code == 422
    assert "Choose what you would like to follow." in answer.text


def test_following_page_omits_unreadable_titles(member_client, get_following_url, coalition, member, rapporteur):
    record = ItemFactory(coalition=coalition, title="canarytitle", label="TLP:GREEN", published=True)
    for thing in (f"record:{record.pk}", "kind:model", "region:grulac"):
        member_client.post(get_following_url("follow_add"), {"thing": thing})
    assert "canarytitle" in member_client.get(get_following_url("following")).text

    Membership.objects.filter(person=member).update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    page = member_client.get(get_following_url("following")).text
    assert "canarytitle" not in page
    assert "An item that you can no longer read" in page
    assert f'value="record:{record.pk}"' in page  # and can be let go


@pytest.mark.parametrize("count", [1, 3])
def test_following_page_query_count_is_constant(
    member_client, get_following_url, coalition, count, django_assert_num_queries
):
    for number in range(count):
        record = ItemFactory(coalition=coalition, published=True)
        area = AreaOfWork.objects.create(coalition=coalition, name=f"Area {number}")
        organisation = OrganisationFactory(coalition=coalition)
        for thing in (f"record:{record.pk}", f"area:{area.pk}", f"organisation:{organisation.pk}"):
            member_client.post(get_following_url("follow_add"), {"thing": thing})
    member_client.get(get_following_url("following"))
    with django_assert_num_queries(7):
        member_client.get(get_following_url("following"))


def test_digest_rhythm_is_weekly_by_default(member_client, get_following_url, member, coalition):
    assert 'value="weekly" required id="id_rhythm_0" checked' in member_client.get(get_following_url("following")).text
    member_client.post(get_following_url("follow_add"), {"thing": "kind:model"})
    member_client.post(get_following_url("rhythm"), {"rhythm": "daily"})
    digest = Digest.objects.get()
    assert digest.rhythm == "daily"
    assert digest.due_at - timezone.now() <= timedelta(days=1)

    member_client.post(get_following_url("rhythm"), {"rhythm": "off"})
    assert [(choice.topic, choice.wanted) for choice in MailChoice.objects.all()] == [("digest", False)]
    assert member_client.get(get_following_url("following")).context["rhythm"].initial == {"rhythm": "off"}
    assert member_client.post(get_following_url("rhythm"), {"rhythm": "hourly"}).status_code == 404


def test_new_records_are_those_since_last_seen(member_client, get_following_url, coalition, item):
    old = ItemFactory(
        coalition=coalition, title="Older", state="published", published_at=timezone.now() - timedelta(days=9)
    )
    assert list_new_titles(member_client.get(get_following_url("new"))) == ["A practice"]  # from the last 7 days

    page = member_client.get(get_following_url("new"))
    DocumentFactory(coalition=coalition, title="Came meanwhile", published=True)
    member_client.post(get_following_url("new_seen"), {"until": page.context["now"]})

    assert list_new_titles(member_client.get(get_following_url("new"))) == ["Came meanwhile"]
    assert old.title not in member_client.get(get_following_url("new")).text


def list_new_titles(response):
    return [record.title for record in response.context["page"].rows]


def test_last_seen_time_is_neither_moved_back_nor_set_in_future(member_client, get_following_url, coalition):
    later, earlier = timezone.now() + timedelta(days=400), timezone.now() - timedelta(days=400)
    for until in (later, earlier):
        member_client.post(get_following_url("new_seen"), {"until": until.isoformat()})

    assert abs(Seen.objects.get().until - timezone.now()) < timedelta(minutes=1)
    assert member_client.post(get_following_url("new_seen"), {"until": "yesterday"}).status_code == 404


def test_page_of_new_records_is_read_only_and_filtered(member_client, get_following_url, coalition):
    meeting = MeetingFactory(coalition=coalition, title="A meeting", published=True)
    EntryFactory(coalition=coalition, meeting=meeting, kind="offer", title="An offer", published=True)
    EntryFactory(coalition=coalition, meeting=meeting, kind="decision", title="A decision", published=True)
    ItemFactory(coalition=coalition, title="canary", label="TLP:RED", published=True)
    ItemFactory(coalition=coalition, title="canary", state="draft")

    assert sorted(list_new_titles(member_client.get(get_following_url("new")))) == ["A decision", "A meeting"]
    assert not Seen.objects.exists()


def test_home_page_counts_new_records(member_client, get_following_url, coalition, item):
    front = coalition.get_absolute_url()
    assert "1 of these records is from the last 7 days." in member_client.get(front).text
    member_client.post(get_following_url("new_seen"), {"until": timezone.now().isoformat()})
    assert "You have seen all of these records." in member_client.get(front).text
    ItemFactory(coalition=coalition, published=True)
    assert "1 of these records is new since you last marked everything as seen, on" in member_client.get(front).text


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_new_records_query_count_is_constant(
    member_client, get_following_url, coalition, count, django_assert_num_queries
):
    for _ in range(count):
        ItemFactory(coalition=coalition, published=True)
    member_client.get(get_following_url("new"))
    with django_assert_num_queries(5):
        member_client.get(get_following_url("new"))


def test_news_page_gives_the_day_of_each_meeting_of_a_series(member_client, coalition, get_following_url):
    for day in (6, 20):
        MeetingFactory(coalition=coalition, title="Fortnightly call", starts_on=date(2020, 10, day), published=True)

    page = member_client.get(get_following_url("new")).text

    assert [day in page for day in ("6 October 2020", "20 October 2020")] == [True, True]
