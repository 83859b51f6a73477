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
from tests.drafting.agreeing import agreed, called, closed, drafted, revised, stand
from tests.drafting.said import answer, sayer


@pytest.fixture
def text(coalition, member):
    return drafted(coalition, member)


@pytest.fixture
def tells(client):
    """The sentence that the page of a text tells somebody, and where it leads."""

    def told(person, text):
        client.force_login(person)
        answer = client.get(text.get_absolute_url())
        step = answer.context["next_step"]
        if step is None:
            return None
        assert str(step.sentence) in answer.text
        assert not step.to or f'href="{step.to}"' in answer.text
        return (step.sentence, step.to.removeprefix("/ours/texts/").removeprefix(f"{text.pk}/"))

    return told


@pytest.fixture
def stage(client):
    """What the list says of the one text that is open."""

    def shown():
        client.logout()
        answer = client.get(reverse("drafting:text_list", args=["ours"]))
        [row] = answer.context["page"].rows
        assert f"{row.stage_name}</span>" in answer.text
        return str(row.stage_name)

    return shown


def over(consultation: Consultation) -> Consultation:
    began = timezone.now() - timedelta(days=20)
    Consultation.objects.filter(pk=consultation.pk).update(opens_at=began, closes_at=began + timedelta(days=15))
    Coalition.objects.increment_revision([consultation.text.coalition_id])
    return Consultation.objects.get(pk=consultation.pk)


def in_words(moment) -> str:
    return day(timezone.localdate(moment))


def test_a_text_is_written_and_named_before_anything_else(coalition, member, tells):
    text = actions.begin_text(actor=member, coalition=coalition, title="Bare", form="statement")
    assert tells(member, text) == ("Next: write the first clause.", "write/")

    actions.add_clause(actor=member, text=text, draft=ClauseDraft("One."), after=None)
    named = "Next: create a revision. Readers see, respond to and agree to revisions."
    assert tells(member, text) == (named, "revisions/new/")

    actions.name_revision(actor=member, text=text)
    assert tells(member, text) is None  # what it says instead: open it to its readers


def test_then_it_is_asked_and_each_input_answered(client, text, member, delegate, ask, tells, stage):
    assert (tells(member, text), stage()) == (("Next: create a consultation.", "consultations/new/"), "being drafted")

    consultation = ask(text)
    runs = f"The consultation is open until {in_words(consultation.closes_at)}. All inputs so far have a response."
    assert (tells(member, text), stage()) == ((runs, ""), "consultation open")

    given = [sayer(consultation, delegate)() for _ in range(2)]
    assert tells(member, text) == ("Next: respond to 2 inputs.", "answers/")
    answer(given[0], member)
    over(consultation)
    assert (tells(member, text), stage()) == (("Next: respond to 1 input.", "answers/"), "inputs awaiting a response")

    answer(given[1], member)
    assert (tells(member, text), stage()) == (("A coordinator can now open a consensus call.", ""), "being drafted")
    revised(text, member)
    assert tells(delegate, text) is None


def test_what_changed_is_named_before_it_is_called(text, member, ask, coordinator, tells):
    over(ask(text))
    actions.add_clause(actor=member, text=text, draft=ClauseDraft("One more."), after=None)
    assert tells(coordinator, text) == (
        "Next: create a revision, so that readers can see what has changed.",
        "revisions/new/",
    )

    actions.name_revision(actor=member, text=text)
    assert tells(coordinator, text) == ("Next: open a consensus call.", "calls/new/")


def test_then_it_is_called_declared_and_published(
    client, text, member, coordinator, rapporteur, delegate, organisation, tells, stage
):
    call = called(text, coordinator)
    asks = f"Members can respond to the consensus call on revision 1 until {day(call.last_day)}."
    assert (tells(member, text), stage()) == (None, "consensus call open")
    assert asks in client.get(text.get_absolute_url()).text

    stand(delegate, call, organisation, "support")
    closed(call)
    Coalition.objects.increment_revision([text.coalition_id])
    declare = "Next: declare the outcome of the call."
    assert (tells(coordinator, text), stage()) == ((declare, f"calls/{call.pk}/declare/"), "consensus call closed")
    assert tells(member, text) == ("The call has closed. A coordinator will declare the outcome.", "")

    actions.declare_outcome(actor=coordinator, call=call, outcome="consensus", reason="All support it.")
    assert (tells(rapporteur, text), stage()) == (("Next: publish the text.", "publish/"), "agreed")
    assert tells(member, text) == ("A coordinator, rapporteur or editor can now publish the text.", "")

    actions.publish_edition(actor=rapporteur, text=text)
    assert (tells(rapporteur, text), stage()) == (None, "published")
    told = ["Version 1.0 was published on", "This page shows a later revision."]
    assert [words in client.get(text.get_absolute_url()).text for words in told] == [True, False]

    revised(text, member)
    mended = "Next: publish a new version, or create another consultation first."
    assert (tells(rapporteur, text), stage()) == ((mended, "publish/"), "published")
    assert [words in client.get(text.get_absolute_url()).text for words in told] == [True, True]


def test_who_publishes_what_a_call_agreed_to_is_not_asked_why_there_was_none(
    client, text, coordinator, rapporteur, delegate, organisation
):
    client.force_login(rapporteur)
    address = reverse("drafting:edition_new", args=["ours", text.pk])
    before = client.get(address).context["form"].fields
    agreed(text, coordinator, delegate, organisation)
    after = client.get(address).context["form"].fields

    assert ["without_call" in fields for fields in (before, after)] == [True, False]
    assert client.post(address, {}).status_code == 302


def test_without_consensus_one_writes_on(text, member, coordinator, tells, stage):
    call = closed(called(text, coordinator))
    actions.declare_outcome(actor=coordinator, call=call, outcome="no-consensus", reason="They differ.")

    assert tells(coordinator, text) == (
        "Next: change the text. There was no consensus on the latest revision.",
        "write/",
    )
    assert stage() == "being drafted"


def test_the_step_costs_its_drafters_the_same_whatever_was_said(
    client, text, member, delegate, ask, django_assert_num_queries
):
    consultation = ask(text)
    client.force_login(member)
    for count in (1, 3):
        for number in range(count):
            sayer(consultation, delegate)(f"{count} {number}")
        client.get(text.get_absolute_url())
        with django_assert_num_queries(12):
            client.get(text.get_absolute_url())


def test_a_version_offers_what_changed_since_the_one_before_as_word(client, text, member, rapporteur):
    why = "As it was agreed elsewhere."
    first = actions.publish_edition(actor=rapporteur, text=text, issue=EditionDetails(without_call=why))
    revised(text, member)
    mended = EditionDetails(is_minor=True, errata="A deputy.", without_call=why)
    second = actions.publish_edition(actor=rapporteur, text=text, issue=mended)
    offered = reverse("drafting:compare_word", args=["ours", text.pk, 1, 2])

    pages = [client.get(edition.get_absolute_url()).text for edition in (first, second)]
    assert [f'href="{offered}"' in page for page in pages] == [False, True]
    assert client.get(offered).status_code == 200


@pytest.mark.parametrize(
    ("person", "is_named"),
    [("A member of staff of a hotline", True), ("A Hotline", True), ("Somebody else", False)],
)
def test_who_is_called_after_their_organisation_is_not_told_twice(person, is_named):
    assert names(person, "A hotline") is is_named
