"""Records of the coalition that show how a capability stands: kept in what was said, shown to whoever reads them."""

import pytest
from django.core.exceptions import PermissionDenied

from jukwaa.plans.actions import add_evidence, move_to_next_edition, remove_evidence
from jukwaa.plans.models import Assessment
from jukwaa.records import index
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Label
from tests.factories import ItemFactory
from tests.plans.planning import said, url
from tests.plans.test_pages import text_of

CLOSED = "that you cannot read, or that has been withdrawn."


@pytest.fixture
def practice(coalition):
    return ItemFactory(coalition=coalition, title="A helpline by night", published=True)


def rests(plan, actor, record, number="11"):
    return add_evidence(actor=actor, plan=plan, capability=f"{plan.framework}/{number}", record=record)


def test_a_record_is_found_or_named_by_its_address_and_its_page_says_nothing_of_it(
    client, coalition, plan, lead, writer, practice
):
    other = ItemFactory(coalition=coalition, title="A law of 2020", published=True)
    index.reindex_record(practice)
    said(plan, lead, words="Nobody answers at night.")
    client.force_login(writer)
    page = url("evidence_edit", plan, 11)
    searched = client.get(page, {"q": "helpline night"}).text
    assert f'name="record" value="{practice.pk}"' in searched
    assert 'action="#find"' in searched  # what was found stands below what a phone shows first
    for address in (practice.pk, practice.pk, f"https://testserver{other.get_absolute_url()}"):
        assert client.post(page, {"record": address}).url == page

    assert Assessment.objects.standing().get().said["records"] == [practice.pk, other.pk]
    shown = client.get(url("capability_detail", plan, 11)).text
    assert all(words in shown for words in ("A helpline by night", "A law of 2020", "Nobody answers at night."))
    assert "Our plan" not in client.get(practice.get_absolute_url()).text


@pytest.mark.parametrize("before", [0, 1])
def test_naming_one_meanwhile_overtakes_nobody_who_writes(client, plan, lead, writer, practice, before):
    if before:
        said(plan, lead, words="As it was.")
    client.force_login(writer)
    edit = {"state": "in-place", "words": "Written for long.", "version": before}
    rests(plan, lead, practice)
    assert client.post(url("capability_edit", plan, 11), edit).status_code == 302
    assert client.post(url("capability_edit", plan, 11), edit | {"words": "An older page."}).status_code == 409

    now = Assessment.objects.standing().get()
    assert (now.words, now.records) == ("Written for long.", [practice.pk])


def test_an_address_of_another_site_names_nothing_here(client, plan, lead, practice):
    client.force_login(lead)

    assert (
        client.post(url("evidence_edit", plan, 11), {"record": f"https://unicef.org/{practice.pk}"}).status_code == 422
    )


def test_after_one_was_named_what_was_looked_for_still_stands_there(client, plan, lead, practice):
    client.force_login(lead)
    searched = f"{url('evidence_edit', plan, 11)}?q=helpline"

    assert client.post(searched, {"record": practice.pk}).url == searched


def test_what_was_said_is_never_overwritten(client, plan, lead, practice):
    said(plan, lead, words="As it is.")
    rests(plan, lead, practice)
    client.force_login(lead)
    edit = {"state": "in-place", "words": "Better.", "version": 2}
    assert client.post(url("capability_edit", plan, 11), edit).status_code == 302
    for _press in range(2):
        client.post(url("evidence_remove", plan, 11, practice.pk))

    rows = Assessment.objects.order_by("number").values_list("words", "records")
    text = client.get(url("capability_detail", plan, 11)).text
    assert text.count("A helpline by night") == 2  # in what was said before
    assert list(rows) == [("As it is.", []), ("As it is.", [practice.pk]), ("Better.", [practice.pk]), ("Better.", [])]


def test_of_what_nobody_looked_at_a_record_can_be_named_and_nothing_can_be_taken_back(plan, lead, practice):
    given = {"actor": lead, "plan": plan, "capability": "mnr-2016/11"}
    assert remove_evidence(**given, record=practice.pk) is None
    rests(plan, lead, practice)

    assert Assessment.objects.get().state == "not-looked-at"


def test_only_whoever_may_read_a_record_sees_it_and_others_that_there_is_one(client, coalition, plan, lead, writer):
    secret = ItemFactory(coalition=coalition, title="canarysecret", author=lead, label=Label.RED, published=True)
    said(plan, lead)
    rests(plan, lead, secret)
    with pytest.raises(PermissionDenied):
        rests(plan, writer, secret)
    client.force_login(writer)
    assert client.post(url("evidence_edit", plan, 12), {"record": secret.pk}).status_code == 422
    for page in ("capability_detail", "evidence_edit"):
        text = client.get(url(page, plan, 11)).text
        assert ("canarysecret" in text, CLOSED in text) == (False, True)


def test_a_record_that_was_withdrawn_rests(client, coordinator, plan, lead, practice):
    said(plan, lead)
    rests(plan, lead, practice)
    withdraw_record(actor=coordinator, record=practice, reason="It was wrong.")
    client.force_login(lead)
    text = client.get(url("capability_detail", plan, 11)).text

    assert ("A helpline by night" in text, CLOSED in text) == (False, True)


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv"])
def test_on_paper_stand_those_that_are_for_whom_the_paper_is(client, coalition, plan, lead, practice, ending):
    secret = ItemFactory(coalition=coalition, title="canarysecret", author=lead, label=Label.RED, published=True)
    said(plan, lead, evidence="The law of 1998")
    for record in (practice, secret):
        rests(plan, lead, record)
    client.force_login(lead)
    text = text_of(client.get(url("plan_file", plan, ending)), ending)

    assert ("A helpline by night" in text, "The law of 1998" in text, "canarysecret" in text) == (True, True, False)


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv"])
def test_on_paper_stands_nothing_that_was_withdrawn_or_is_no_more_than_a_draft(
    client, coalition, coordinator, plan, lead, practice, ending
):
    own = ItemFactory(coalition=coalition, title="canarywithdrawn", author=lead, published=True)
    for record in (practice, own):
        rests(plan, lead, record)
    withdraw_record(actor=coordinator, record=own, reason="It was wrong.")
    client.force_login(lead)
    assert "canarywithdrawn" in client.get(url("capability_detail", plan, 11)).text  # its author still reads it
    text = text_of(client.get(url("plan_file", plan, ending)), ending)

    assert ("A helpline by night" in text, "canarywithdrawn" in text) == (True, False)


def test_records_go_along_to_the_next_edition(coalition, plan, lead, practice):
    said(plan, lead, "11", "needed")
    rests(plan, lead, practice)
    carried = move_to_next_edition(actor=lead, plan=plan, into="mnr-2022")

    standing = Assessment.objects.standing().filter(plan=carried, capability__startswith="mnr-2022")
    assert {tuple(each.records) for each in standing} == {(practice.pk,)}


def test_one_who_reads_names_nothing(client, plan, reader, practice):
    client.force_login(reader)

    assert client.get(url("evidence_edit", plan, 11)).status_code == 403
    assert client.post(url("evidence_edit", plan, 11), {"record": practice.pk}).status_code == 403
    assert client.post(url("evidence_remove", plan, 11, practice.pk)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_on_which_they_are_named_costs_the_same(
    client, coalition, plan, lead, django_assert_num_queries, count
):
    said(plan, lead)
    for number in range(3):
        item = ItemFactory(coalition=coalition, title=f"Helpline {number}", published=True)
        index.reindex_record(item)
        if number < count:
            rests(plan, lead, item)
    client.force_login(lead)
    page = url("evidence_edit", plan, 11)
    with django_assert_num_queries(11):
        assert client.get(page, {"q": "helpline"}).text.count("Add this record:") == 3 - count
