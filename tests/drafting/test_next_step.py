"""Those who write a text are told the one step that comes next, and the list says in which stage each text is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.templatetags.people import names
from jukwaa.core.templatetags.jukwaa import day
from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, EditionDetails
from jukwaa.drafting.models import Consultation
from tests.drafting.consensus import (
    adopt_by_consensus,
    create_open_text,
    end_consensus_call,
    name_text_revision,
    open_consensus_call,
    submit_call_position,
)
from tests.drafting.dispositions import answer_text_input, make_input_giver


@pytest.fixture
def text(coalition, member):
    return create_open_text(coalition, member)


@pytest.fixture
def get_next_step(client):
    """The sentence that the page of a text tells somebody, and where it leads."""

    def get_next_step_text(person, text):
        client.force_login(person)
        answer = client.get(text.get_absolute_url())
        step = answer.context["next_step"]
        if step is None:
            return None
        assert str(step.sentence) in answer.text
        assert not step.to or f'href="{step.to}"' in answer.text
        return (step.sentence, step.to.removeprefix("/ours/texts/").removeprefix(f"{text.pk}/"))

    return get_next_step_text


@pytest.fixture
def get_listed_stage(client):
    """What the list says of the one text that is open."""

    def read_listed_stage():
        client.logout()
        answer = client.get(reverse("drafting:text_list", args=["ours"]))
        [row] = answer.context["page"].rows
        assert f"{row.stage_name}</span>" in answer.text
        return str(row.stage_name)

    return read_listed_stage


def end_open_consultation(consultation: Consultation) -> Consultation:
    began = timezone.now() - timedelta(days=20)
    Consultation.objects.filter(pk=consultation.pk).update(opens_at=began, closes_at=began + timedelta(days=15))
    Coalition.objects.increment_revision([consultation.text.coalition_id])
    return Consultation.objects.get(pk=consultation.pk)


def format_moment_as_day(formatted_moment) -> str:
    return day(timezone.localdate(formatted_moment))


def test_next_step_of_new_text_is_writing_then_revision(coalition, member, get_next_step):
    text = actions.begin_text(actor=member, coalition=coalition, title="Bare", form="statement")
    assert get_next_step(member, text) == ("Next: write the first clause.", "write/")

    actions.add_clause(actor=member, text=text, clause_draft=ClauseDraft("One."), after_clause=None)
    asked = "Next: open a consultation on this text, or create a revision to share it without a consultation."
    assert get_next_step(member, text) == (asked, "consultations/new/")

    actions.create_named_revision(actor=member, text=text)
    assert get_next_step(member, text) is None  # what it says instead: open it to its readers


def test_next_step_after_revision_is_consultation_then_dispositions(
    client, text, member, delegate, ask_about_text, get_next_step, get_listed_stage
):
    assert (get_next_step(member, text), get_listed_stage()) == (
        ("Next: create a consultation.", "consultations/new/"),
        "being drafted",
    )

    consultation = ask_about_text(text)
    last_day = format_moment_as_day(consultation.closes_at)
    runs = f"The consultation is open until {last_day}. All inputs so far have a response."
    assert (get_next_step(member, text), get_listed_stage()) == ((runs, ""), "consultation open")

    given = [make_input_giver(consultation, delegate)() for _ in range(2)]
    assert get_next_step(member, text) == ("Next: respond to 2 inputs.", "answers/")
    answer_text_input(given[0], member)
    end_open_consultation(consultation)
    assert (get_next_step(member, text), get_listed_stage()) == (
        ("Next: respond to 1 input.", "answers/"),
        "inputs awaiting a response",
    )

    answer_text_input(given[1], member)
    assert (get_next_step(member, text), get_listed_stage()) == (
        ("A coordinator or the chair can now open a consensus call.", ""),
        "being drafted",
    )
    name_text_revision(text, member)
    assert get_next_step(delegate, text) is None


def test_next_step_after_changes_is_revision_before_call(text, member, ask_about_text, coordinator, get_next_step):
    end_open_consultation(ask_about_text(text))
    actions.add_clause(actor=member, text=text, clause_draft=ClauseDraft("One more."), after_clause=None)
    assert get_next_step(coordinator, text) == (
        "Next: create a revision, so that readers can see what has changed.",
        "revisions/new/",
    )

    actions.create_named_revision(actor=member, text=text)
    assert get_next_step(coordinator, text) == ("Next: open a consensus call.", "calls/new/")


def test_next_steps_are_call_outcome_and_publication(
    client, text, member, coordinator, rapporteur, delegate, organisation, get_next_step, get_listed_stage
):
    call = open_consensus_call(text, coordinator)
    asks = f"Members can respond to the consensus call on revision 1 until {day(call.last_day)}."
    assert (get_next_step(member, text), get_listed_stage()) == (None, "consensus call open")
    assert asks in client.get(text.get_absolute_url()).text

    submit_call_position(delegate, call, organisation, "support")
    end_consensus_call(call)
    Coalition.objects.increment_revision([text.coalition_id])
    declare = "Next: declare the outcome of the call."
    assert (get_next_step(coordinator, text), get_listed_stage()) == (
        (declare, f"calls/{call.pk}/declare/"),
        "consensus call closed",
    )
    assert get_next_step(member, text) == (
        "The call has closed. A coordinator or the chair will declare the outcome.",
        "",
    )

    actions.declare_call_outcome(actor=coordinator, call=call, outcome="consensus", reason="All support it.")
    assert (get_next_step(rapporteur, text), get_listed_stage()) == (("Next: publish the text.", "publish/"), "agreed")
    assert get_next_step(member, text) == ("A coordinator, rapporteur or editor can now publish the text.", "")

    actions.publish_edition(actor=rapporteur, text=text)
    assert (get_next_step(rapporteur, text), get_listed_stage()) == (None, "published")
    told = ["Version 1.0 was published on", "This page shows a later revision."]
    assert [words in client.get(text.get_absolute_url()).text for words in told] == [True, False]

    name_text_revision(text, member)
    mended = "Next: publish a new version, or create another consultation first."
    assert (get_next_step(rapporteur, text), get_listed_stage()) == ((mended, "publish/"), "published")
    assert [words in client.get(text.get_absolute_url()).text for words in told] == [True, True]


def test_edition_form_after_call_asks_no_reason(client, text, coordinator, rapporteur, delegate, organisation):
    client.force_login(rapporteur)
    address = reverse("drafting:edition_new", args=["ours", text.pk])
    before = client.get(address).context["form"].fields
    adopt_by_consensus(text, coordinator, delegate, organisation)
    after = client.get(address).context["form"].fields

    assert ["without_call" in fields for fields in (before, after)] == [True, False]
    assert client.post(address, {}).status_code == 302


def test_next_step_without_consensus_is_writing(text, member, coordinator, get_next_step, get_listed_stage):
    call = end_consensus_call(open_consensus_call(text, coordinator))
    actions.declare_call_outcome(actor=coordinator, call=call, outcome="no-consensus", reason="They differ.")

    assert get_next_step(coordinator, text) == (
        "Next: change the text. There was no consensus on the latest revision.",
        "write/",
    )
    assert get_listed_stage() == "being drafted"


def test_next_step_query_count_is_constant(client, text, member, delegate, ask_about_text, django_assert_num_queries):
    consultation = ask_about_text(text)
    client.force_login(member)
    for count in (1, 3):
        for number in range(count):
            make_input_giver(consultation, delegate)(f"{count} {number}")
        client.get(text.get_absolute_url())
        with django_assert_num_queries(11):
            client.get(text.get_absolute_url())


def test_revision_offers_word_comparison_with_previous(client, text, member, rapporteur):
    why = "As it was agreed elsewhere."
    first = actions.publish_edition(actor=rapporteur, text=text, edition_details=EditionDetails(without_call=why))
    name_text_revision(text, member)
    mended = EditionDetails(is_minor=True, errata="A deputy.", without_call=why)
    second = actions.publish_edition(actor=rapporteur, text=text, edition_details=mended)
    offered = reverse("drafting:compare_word", args=["ours", text.pk, 1, 2])

    pages = [client.get(edition.get_absolute_url()).text for edition in (first, second)]
    assert [f'href="{offered}"' in page for page in pages] == [False, True]
    assert client.get(offered).status_code == 200


@pytest.mark.parametrize(
    ("person", "is_named"),
    [("A member of staff of a hotline", True), ("A Hotline", True), ("Somebody else", False)],
)
def test_next_step_names_person_and_organisation_of_same_name_once(person, is_named):
    assert names(person, "A hotline") is is_named
