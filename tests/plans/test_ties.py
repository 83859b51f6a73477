"""From the plan to the coalition: only what is typed, only with consent. What is tied to the plan stays its secret."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.cooperation.actions.offers import close_offer_or_need
from jukwaa.cooperation.models import Need
from jukwaa.library.models import Item
from jukwaa.plans.actions import link_event_to_plan
from jukwaa.plans.models import Tie
from jukwaa.records import index
from tests.cooperation.test_screened_fields import DISCLOSURE_TEXT
from tests.factories import EventFactory, ItemFactory, MembershipFactory, OfferFactory
from tests.plans.plan_steps import add_assessment, build_plan_url

UNIQUE_WORD = "canaryplanwordspublished"


@pytest.fixture
def seated_government(coalition, ministry):
    return MembershipFactory(coalition=coalition, organisation=ministry)


def build_need_form(**more):
    told = {"title": "Who trains our helpline?", "label": "TLP:GREEN", "language": "en", "token": uuid.uuid4()}
    return {**told, "consent": "on", **more}


def test_need_copies_nothing_from_plan(client, plan, plan_lead, seated_government, member):
    add_assessment(
        plan,
        plan_lead,
        words=UNIQUE_WORD,
        evidence=UNIQUE_WORD,
        next_step=UNIQUE_WORD,
        body=UNIQUE_WORD,
        cost=f"{UNIQUE_WORD} euros",
    )
    client.force_login(plan_lead)
    page = client.get(build_plan_url("need_new", plan, 11))
    assert UNIQUE_WORD not in page.text
    assert 'value="Child Helpline"' in page.text
    sent = build_need_form()
    for _press in range(2):
        assert client.post(build_plan_url("need_new", plan, 11), sent).url == build_plan_url(
            "capability_detail", plan, 11
        )

    need = Need.objects.get()
    assert (need.title, need.summary, need.countries) == ("Who trains our helpline?", "", [])
    assert Tie.objects.get().part == "need"
    assert "not answered yet" in client.get(build_plan_url("capability_detail", plan, 11)).text
    client.force_login(member)
    assert "Our plan" not in client.get(need.get_absolute_url()).text


def test_need_without_consent_is_refused_and_form_keeps_values(client, plan, plan_lead, seated_government):
    client.force_login(plan_lead)
    response = client.post(build_plan_url("need_new", plan, 11), build_need_form(consent=""))

    assert response.status_code == 422
    assert "Tick the box once you have read what others will see." in response.text
    assert "Who trains our helpline?" in response.text
    assert not Need.objects.exists()


def test_changing_type_of_help_keeps_typed_values(client, plan, plan_lead, seated_government):
    client.force_login(plan_lead)
    page = build_plan_url("need_new", plan, 11)
    for sent in (
        build_need_form(summary="At length.", other="funding"),
        build_need_form(summary="At length.", other="magic"),
    ):
        answer = client.post(f"{page}?sort=training", sent)
        assert answer.status_code == (404 if sent["other"] == "magic" else 200)
        if answer.status_code == 200:
            assert all(words in answer.text for words in ("Who trains our helpline?", "At length.", "?sort=funding"))

    stopped = client.post(page, build_need_form(summary=DISCLOSURE_TEXT, other="funding"))
    assert (stopped.status_code, DISCLOSURE_TEXT in stopped.text, Need.objects.exists()) == (302, False, False)


def test_plan_shows_status_of_need(client, plan, plan_lead, seated_government):
    client.force_login(plan_lead)
    client.post(build_plan_url("need_new", plan, 11), build_need_form())
    close_offer_or_need(actor=plan_lead, help_record=Need.objects.get(), reason="Somebody came.")

    assert "closed" in client.get(build_plan_url("plan_detail", plan)).text


def test_person_without_organisation_cannot_ask_for_help(client, plan, team_writer):
    client.force_login(team_writer)

    assert client.get(build_plan_url("need_new", plan, 11)).status_code == 403


def test_practice_draft_is_visible_to_author_only(client, plan, plan_lead, team_writer, seated_government, member):
    add_assessment(plan, plan_lead, capability_state="in-place", words="Calls are free, day and night.")
    client.force_login(plan_lead)
    assert "Calls are free, day and night." in client.get(build_plan_url("practice_new", plan, 11)).text
    told = {"title": "A free helpline", "what_worked": "Calls are free.", "label": "TLP:CLEAR", "language": "en"}
    told |= {"token": uuid.uuid4(), "capacity": str(seated_government.organisation_id)}
    assert client.post(build_plan_url("practice_new", plan, 11), told).status_code == 422
    for _press in range(2):
        client.post(build_plan_url("practice_new", plan, 11), {**told, "consent": "on"})

    item = Item.objects.get()
    assert (item.state, item.details) == ("draft", {"capabilities": ["mnr-2016/11"]})
    assert not Item.objects.visible_to(member).exists()
    client.force_login(team_writer)
    assert "A free helpline" not in client.get(build_plan_url("capability_detail", plan, 11)).text


def test_plan_links_to_event_but_event_not_to_plan(client, coalition, plan, plan_lead, team_writer, member):
    event = EventFactory(coalition=coalition, title="A week online", published=True, on=timezone.localdate())
    client.force_login(team_writer)
    for _press in range(2):
        assert client.post(build_plan_url("event_tie", plan), {"event": event.pk}).status_code == 302
    assert "A week online" in client.get(build_plan_url("plan_detail", plan)).text
    assert "Our plan" not in client.get(event.get_absolute_url()).text
    tie = Tie.objects.get()
    for _press in range(2):
        client.post(build_plan_url("tie_remove", plan, tie.pk))

    assert not Tie.objects.exists()
    hidden = EventFactory(
        coalition=coalition, title="Of others", label="TLP:RED", published=True, on=timezone.localdate()
    )
    with pytest.raises(PermissionDenied):
        link_event_to_plan(actor=plan_lead, plan=plan, event=hidden)


def test_practices_of_both_editions_list_other_countries_first(client, coalition, plan, plan_lead):
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
    client.force_login(plan_lead)
    page = client.get(build_plan_url("capability_detail", plan, 11)).text

    assert page.index("From elsewhere") < page.index("From here")
    assert "Of something else" not in page
    assert "Of others" not in page
    assert "We advise a child helpline" in page
