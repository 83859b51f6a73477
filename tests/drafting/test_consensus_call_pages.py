"""The pages of a call for consensus: what they show to whom, and what comes back when something is wrong."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.templatetags.jukwaa import day
from jukwaa.drafting import actions
from jukwaa.drafting.forms.agreement import RulesForm
from jukwaa.drafting.models import Call, Position, Rules
from tests.conftest import create_seated_person
from tests.drafting.consensus import (
    create_open_text,
    create_spokesperson,
    end_consensus_call,
    name_text_revision,
    open_consensus_call,
    submit_call_position,
)


@pytest.fixture
def text(coalition, member):
    return create_open_text(coalition, member)


@pytest.fixture
def consensus_call(text, coordinator):
    return open_consensus_call(text, coordinator)


@pytest.fixture
def helpline(coalition):
    return create_spokesperson(coalition, "A helpline", organisation__regional_group="african")


def build_text_url(route_name, text, *more):
    return reverse(f"drafting:{route_name}", args=[text.coalition.slug, text.pk, *more])


def test_call_page_names_respondents_and_counts_others(
    client, consensus_call, text, delegate, organisation, helpline, coordinator, member
):
    submit_call_position(delegate, consensus_call, organisation, "object", "It invites keeping everything.")
    page = build_text_url("call_detail", text, consensus_call.pk)

    def read_shown_positions():
        html = client.get(page).text
        return [word in html for word in ("It invites keeping everything.", organisation.name, "A helpline", "African")]

    assert read_shown_positions() == [True, True, False, True]
    for person, sees in ((member, False), (coordinator, True), (helpline[0], True)):
        client.force_login(person)
        assert read_shown_positions() == [True, True, sees, True]


def test_position_for_other_organisation_is_refused(client, consensus_call, text, organisation, helpline):
    client.force_login(helpline[0])
    address = build_text_url("position_take", text, consensus_call.pk, organisation.pk)
    answers = [client.get(address), client.post(address, {"stance": "support"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("once it has confirmed that you represent it" in answer.text for answer in answers)
    assert address not in client.get(build_text_url("call_detail", text, consensus_call.pk)).text
    assert not Position.objects.exists()


def test_position_after_close_keeps_typed_reason(client, consensus_call, text, delegate, organisation):
    client.force_login(delegate)
    end_consensus_call(consensus_call)
    answer = client.post(
        build_text_url("position_take", text, consensus_call.pk, organisation.pk),
        {"stance": "object", "reason": "Too long.", "seen": "0"},
    )

    assert answer.status_code == 422
    assert "Too long." in answer.text
    assert "Send your response to the coordinator" in answer.text


def test_stale_position_form_shows_new_position_and_saves_on_retry(
    client, consensus_call, text, delegate, organisation
):
    submit_call_position(delegate, consensus_call, organisation, "aside")
    client.force_login(delegate)
    address = build_text_url("position_take", text, consensus_call.pk, organisation.pk)
    sent = {"stance": "object", "reason": "Too long.", "seen": "0"}
    stale = client.post(address, sent)
    now = Position.objects.get().pk

    assert stale.status_code == 409
    assert f'name="seen" value="{now}"' in stale.text
    assert client.post(address, sent | {"seen": now}).status_code == 302
    assert Position.objects.get(stands=True).stance == "object"


def test_disclosure_in_reason_is_quarantined(client, consensus_call, text, delegate, organisation):
    client.force_login(delegate)
    answer = client.post(
        build_text_url("position_take", text, consensus_call.pk, organisation.pk),
        {"stance": "object", "reason": "I am 12 and somebody touches me at night, please help me"},
    )

    assert answer["Location"] == reverse("records:not_taken", args=[text.coalition.slug])
    assert not Position.objects.exists()


def test_coordinator_opens_declares_and_restarts_call_on_pages(
    client, text, coordinator, delegate, organisation, member
):
    client.force_login(coordinator)
    far = (timezone.localdate() + timedelta(days=20)).isoformat()
    soon = client.post(build_text_url("call_new", text), {"closes_on": timezone.localdate().isoformat()})
    assert (soon.status_code, "A call must last at least 14 days" in soon.text) == (422, True)
    assert client.post(build_text_url("call_new", text), {"closes_on": far}).status_code == 302
    call = Call.objects.get()
    early = client.post(build_text_url("call_declare", text, call.pk), {"outcome": "consensus", "reason": "Yes."})
    assert (early.status_code, "Yes." in early.text) == (422, True)
    name_text_revision(text, member)
    restarted = client.post(build_text_url("call_restart", text, call.pk), {"closes_on": far, "reason": "Clause 3."})
    new = Call.objects.get(restarts=call)
    assert restarted["Location"] == build_text_url("call_detail", text, new.pk)
    end_consensus_call(new)
    client.post(
        build_text_url("call_declare", text, new.pk), {"outcome": "consensus", "reason": "Silence supports it."}
    )

    new.refresh_from_db()
    assert new.outcome == "consensus"
    assert "Silence supports it." in client.get(build_text_url("call_detail", text, new.pk)).text


def test_call_pages_are_closed_to_other_members(client, text, member):
    client.force_login(member)

    assert build_text_url("call_new", text) not in client.get(build_text_url("agreement", text)).text
    assert [client.get(build_text_url(name, text)).status_code for name in ("call_new", "edition_new")] == [403, 403]


def test_decision_rules_are_set_by_coordinator_and_stale_form_conflicts(client, coalition, coordinator, member):
    address = reverse("drafting:rules", args=[coalition.slug])
    client.force_login(member)
    assert client.get(address).status_code == 403
    client.force_login(coordinator)
    seen = RulesForm.get_initial(Rules())
    assert client.post(address, seen | {"silence": "aside", "days": "3"}).status_code == 422
    assert client.post(address, seen | {"silence": "aside", "days": "30", "objections": "2"}).status_code == 302
    stale = client.post(address, seen | {"silence": "nothing"})

    assert (stale.status_code, 'value="aside-30-14-2-' in stale.text) == (409, True)
    assert list(Rules.objects.values_list("silence", "days", "objections")) == [("aside", 30, 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_call_page_query_count_is_constant(
    client, consensus_call, text, coalition, coordinator, django_assert_num_queries, count
):
    for number in range(count):
        person, organisation = create_spokesperson(coalition, f"Organisation {number}")
        submit_call_position(person, consensus_call, organisation, "support")
        create_spokesperson(coalition, f"Silent {number}")
    client.force_login(coordinator)
    with django_assert_num_queries(13):
        answer = client.get(build_text_url("call_detail", text, consensus_call.pk))

    assert answer.text.count('<article class="note"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_agreement_page_query_count_is_constant(client, text, coordinator, django_assert_num_queries, count):
    for _ in range(count):
        actions.declare_call_outcome(
            actor=coordinator,
            call=end_consensus_call(open_consensus_call(text, coordinator)),
            outcome="no-consensus",
            reason="Nobody spoke.",
        )
    client.force_login(coordinator)
    with django_assert_num_queries(7):
        answer = client.get(build_text_url("agreement", text))

    assert answer.text.count("no consensus") == count


def test_agreement_page_tells_editor_that_coordinator_opens_call(client, text, coalition):
    client.force_login(create_seated_person(coalition, "An editor", "editor"))

    assert (
        "Only a coordinator or the chair can open a consensus call."
        in client.get(build_text_url("call_new", text)).text
    )


def test_outcome_form_opens_only_after_close(client, text, consensus_call, coordinator, helpline):
    client.force_login(coordinator)
    runs, shown = (
        f"The consensus call is open until {day(consensus_call.last_day)}.",
        build_text_url("call_declare", text, consensus_call.pk),
    )
    early = client.get(shown).text
    end_consensus_call(consensus_call)
    later = client.get(shown).text

    assert [(runs in page, "Declare outcome" in page) for page in (early, later)] == [(True, False), (False, True)]
