"""From the plan to the coalition: only what is typed, only with consent. What is tied to the plan stays its secret."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.cooperation.actions.offers import close_help
from jukwaa.cooperation.models import Need
from jukwaa.library.models import Item
from jukwaa.plans.actions import link_event
from jukwaa.plans.models import Tie
from jukwaa.records import index
from tests.cooperation.test_screened import DISCLOSURE
from tests.factories import EventFactory, ItemFactory, MembershipFactory, OfferFactory
from tests.plans.planning import said, url

WORDS = "canaryplanwordspublished"


@pytest.fixture
def seated(coalition, ministry):
    return MembershipFactory(coalition=coalition, organisation=ministry)


def asked(**more):
    told = {"title": "Who trains our helpline?", "label": "TLP:GREEN", "language": "en", "token": uuid.uuid4()}
    return {**told, "consent": "on", **more}


def test_a_need_takes_along_nothing_but_what_is_typed(client, plan, lead, seated, member):
    said(plan, lead, words=WORDS, evidence=WORDS, next_step=WORDS, body=WORDS, cost=f"{WORDS} euros")
    client.force_login(lead)
    page = client.get(url("need_new", plan, 11))
    assert WORDS not in page.text
    assert 'value="Child Helpline"' in page.text
    sent = asked()
    for _press in range(2):
        assert client.post(url("need_new", plan, 11), sent).url == url("capability_detail", plan, 11)

    need = Need.objects.get()
    assert (need.title, need.summary, need.countries) == ("Who trains our helpline?", "", [])
    assert Tie.objects.get().part == "need"
    assert "not answered yet" in client.get(url("capability_detail", plan, 11)).text
    client.force_login(member)
    assert "Our plan" not in client.get(need.get_absolute_url()).text


def test_without_consent_nothing_is_asked_and_what_was_typed_stays(client, plan, lead, seated):
    client.force_login(lead)
    response = client.post(url("need_new", plan, 11), asked(consent=""))

    assert response.status_code == 422
    assert "Tick the box once you have read what others will see." in response.text
    assert "Who trains our helpline?" in response.text
    assert not Need.objects.exists()


def test_whoever_finds_that_it_is_another_sort_of_help_loses_nothing_of_what_was_typed(client, plan, lead, seated):
    client.force_login(lead)
    page = url("need_new", plan, 11)
    for sent in (asked(summary="At length.", other="funding"), asked(summary="At length.", other="magic")):
        answer = client.post(f"{page}?sort=training", sent)
        assert answer.status_code == (404 if sent["other"] == "magic" else 200)
        if answer.status_code == 200:
            assert all(words in answer.text for words in ("Who trains our helpline?", "At length.", "?sort=funding"))

    stopped = client.post(page, asked(summary=DISCLOSURE, other="funding"))
    assert (stopped.status_code, DISCLOSURE in stopped.text, Need.objects.exists()) == (302, False, False)


def test_how_a_need_stands_is_followed_in_the_plan(client, plan, lead, seated):
    client.force_login(lead)
    client.post(url("need_new", plan, 11), asked())
    close_help(actor=lead, offer_or_need=Need.objects.get(), reason="Somebody came.")

    assert "closed" in client.get(url("plan_detail", plan)).text


def test_whoever_speaks_for_nobody_does_not_ask(client, plan, writer):
    client.force_login(writer)

    assert client.get(url("need_new", plan, 11)).status_code == 403


def test_what_is_done_becomes_a_draft_that_its_writer_alone_sees(client, plan, lead, writer, seated, member):
    said(plan, lead, state="in-place", words="Calls are free, day and night.")
    client.force_login(lead)
    assert "Calls are free, day and night." in client.get(url("practice_new", plan, 11)).text
    told = {"title": "A free helpline", "what_worked": "Calls are free.", "label": "TLP:CLEAR", "language": "en"}
    told |= {"token": uuid.uuid4(), "capacity": str(seated.organisation_id)}
    assert client.post(url("practice_new", plan, 11), told).status_code == 422
    for _press in range(2):
        client.post(url("practice_new", plan, 11), {**told, "consent": "on"})

    item = Item.objects.get()
    assert (item.state, item.details) == ("draft", {"capabilities": ["mnr-2016/11"]})
    assert not Item.objects.visible_to(member).exists()
    client.force_login(writer)
    assert "A free helpline" not in client.get(url("capability_detail", plan, 11)).text


def test_an_event_stands_on_the_plan_and_its_page_says_nothing_of_it(client, coalition, plan, lead, writer, member):
    event = EventFactory(coalition=coalition, title="A week online", published=True, on=timezone.localdate())
    client.force_login(writer)
    for _press in range(2):
        assert client.post(url("event_tie", plan), {"event": event.pk}).status_code == 302
    assert "A week online" in client.get(url("plan_detail", plan)).text
    assert "Our plan" not in client.get(event.get_absolute_url()).text
    tie = Tie.objects.get()
    for _press in range(2):
        client.post(url("tie_remove", plan, tie.pk))

    assert not Tie.objects.exists()
    hidden = EventFactory(
        coalition=coalition, title="Of others", label="TLP:RED", published=True, on=timezone.localdate()
    )
    with pytest.raises(PermissionDenied):
        link_event(actor=lead, plan=plan, event=hidden)


def test_practices_of_the_capability_and_of_its_other_edition_stand_beside_it_those_from_elsewhere_first(
    client, coalition, plan, lead
):
    for title, value, countries in (
        ("From here", "mnr-2016/11", ["FJ"]),
        ("From elsewhere", "mnr-2022/11", ["KE"]),
        ("Of something else", "mnr-2016/1", ["KE"]),
    ):
        details = {"capabilities": [value]}
        ItemFactory(coalition=coalition, title=title, details=details, countries=countries, published=True)
    ItemFactory(
        coalition=coalition,
        title="Of others",
        details={"capabilities": ["mnr-2016/11"]},
        label="TLP:RED",
        published=True,
    )
    index.reindex_record(OfferFactory(coalition=coalition, title="We advise a child helpline", published=True))
    client.force_login(lead)
    page = client.get(url("capability_detail", plan, 11)).text

    assert page.index("From elsewhere") < page.index("From here")
    assert "Of something else" not in page
    assert "Of others" not in page
    assert "We advise a child helpline" in page
