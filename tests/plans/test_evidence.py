"""Evidence for an assessment: stored with the assessment, shown to those who can read the record."""

import pytest
from django.core.exceptions import PermissionDenied

from jukwaa.plans.actions import add_capability_evidence, move_to_next_edition, remove_capability_evidence
from jukwaa.plans.models import Assessment
from jukwaa.records import index
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Label
from tests.factories import ItemFactory
from tests.plans.planning import add_assessment, url
from tests.plans.test_pages import extract_text

CLOSED_EVIDENCE_MESSAGE = "that you cannot read, or that has been withdrawn."


@pytest.fixture
def practice_item(coalition):
    return ItemFactory(coalition=coalition, title="A helpline by night", published=True)


def list_evidence(plan, actor, record, number="11"):
    return add_capability_evidence(actor=actor, plan=plan, capability=f"{plan.framework}/{number}", record=record)


def test_evidence_is_added_by_search_or_address(client, coalition, plan, lead, writer, practice_item):
    other = ItemFactory(coalition=coalition, title="A law of 2020", published=True)
    index.reindex_record(practice_item)
    add_assessment(plan, lead, words="Nobody answers at night.")
    client.force_login(writer)
    page = url("evidence_edit", plan, 11)
    searched = client.get(page, {"q": "helpline night"}).text
    assert f'name="record" value="{practice_item.pk}"' in searched
    assert 'action="#find"' in searched  # what was found stands below what a phone shows first
    for address in (practice_item.pk, practice_item.pk, f"https://testserver{other.get_absolute_url()}"):
        assert client.post(page, {"record": address}).url == page

    assert Assessment.objects.standing().get().said["records"] == [practice_item.pk, other.pk]
    shown = client.get(url("capability_detail", plan, 11)).text
    assert all(words in shown for words in ("A helpline by night", "A law of 2020", "Nobody answers at night."))
    assert "Our plan" not in client.get(practice_item.get_absolute_url()).text


@pytest.mark.parametrize("before", [0, 1])
def test_adding_evidence_causes_no_edit_conflict(client, plan, lead, writer, practice_item, before):
    if before:
        add_assessment(plan, lead, words="As it was.")
    client.force_login(writer)
    edit = {"state": "in-place", "words": "Written for long.", "version": before}
    list_evidence(plan, lead, practice_item)
    assert client.post(url("capability_edit", plan, 11), edit).status_code == 302
    assert client.post(url("capability_edit", plan, 11), edit | {"words": "An older page."}).status_code == 409

    now = Assessment.objects.standing().get()
    assert (now.words, now.records) == ("Written for long.", [practice_item.pk])


def test_address_of_other_site_is_refused(client, plan, lead, practice_item):
    client.force_login(lead)

    assert (
        client.post(url("evidence_edit", plan, 11), {"record": f"https://unicef.org/{practice_item.pk}"}).status_code
        == 422
    )


def test_search_words_stay_after_adding_evidence(client, plan, lead, practice_item):
    client.force_login(lead)
    searched = f"{url('evidence_edit', plan, 11)}?q=helpline"

    assert client.post(searched, {"record": practice_item.pk}).url == searched


def test_assessments_are_never_overwritten(client, plan, lead, practice_item):
    add_assessment(plan, lead, words="As it is.")
    list_evidence(plan, lead, practice_item)
    client.force_login(lead)
    edit = {"state": "in-place", "words": "Better.", "version": 2}
    assert client.post(url("capability_edit", plan, 11), edit).status_code == 302
    for _press in range(2):
        client.post(url("evidence_remove", plan, 11, practice_item.pk))

    rows = Assessment.objects.order_by("number").values_list("words", "records")
    text = client.get(url("capability_detail", plan, 11)).text
    assert text.count("A helpline by night") == 2  # in what was said before
    assert list(rows) == [
        ("As it is.", []),
        ("As it is.", [practice_item.pk]),
        ("Better.", [practice_item.pk]),
        ("Better.", []),
    ]


def test_evidence_without_assessment_can_only_be_added(plan, lead, practice_item):
    given = {"actor": lead, "plan": plan, "capability": "mnr-2016/11"}
    assert remove_capability_evidence(**given, record=practice_item.pk) is None
    list_evidence(plan, lead, practice_item)

    assert Assessment.objects.get().state == "not-looked-at"


def test_unreadable_evidence_is_shown_as_a_number(client, coalition, plan, lead, writer):
    secret = ItemFactory(coalition=coalition, title="canarysecret", author=lead, label=Label.RED, published=True)
    add_assessment(plan, lead)
    list_evidence(plan, lead, secret)
    with pytest.raises(PermissionDenied):
        list_evidence(plan, writer, secret)
    client.force_login(writer)
    assert client.post(url("evidence_edit", plan, 12), {"record": secret.pk}).status_code == 422
    for page in ("capability_detail", "evidence_edit"):
        text = client.get(url(page, plan, 11)).text
        assert ("canarysecret" in text, CLOSED_EVIDENCE_MESSAGE in text) == (False, True)


def test_withdrawn_evidence_is_inactive(client, coordinator, plan, lead, practice_item):
    add_assessment(plan, lead)
    list_evidence(plan, lead, practice_item)
    withdraw_record(actor=coordinator, record=practice_item, reason="It was wrong.")
    client.force_login(lead)
    text = client.get(url("capability_detail", plan, 11)).text

    assert ("A helpline by night" in text, CLOSED_EVIDENCE_MESSAGE in text) == (False, True)


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv"])
def test_export_lists_evidence_for_its_readers(client, coalition, plan, lead, practice_item, ending):
    secret = ItemFactory(coalition=coalition, title="canarysecret", author=lead, label=Label.RED, published=True)
    add_assessment(plan, lead, evidence="The law of 1998")
    for record in (practice_item, secret):
        list_evidence(plan, lead, record)
    client.force_login(lead)
    text = extract_text(client.get(url("plan_file", plan, ending)), ending)

    assert ("A helpline by night" in text, "The law of 1998" in text, "canarysecret" in text) == (True, True, False)


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv"])
def test_export_leaves_out_withdrawn_and_draft_evidence(
    client, coalition, coordinator, plan, lead, practice_item, ending
):
    own = ItemFactory(coalition=coalition, title="canarywithdrawn", author=lead, published=True)
    for record in (practice_item, own):
        list_evidence(plan, lead, record)
    withdraw_record(actor=coordinator, record=own, reason="It was wrong.")
    client.force_login(lead)
    assert "canarywithdrawn" in client.get(url("capability_detail", plan, 11)).text  # its author still reads it
    text = extract_text(client.get(url("plan_file", plan, ending)), ending)

    assert ("A helpline by night" in text, "canarywithdrawn" in text) == (True, False)


def test_evidence_moves_to_new_edition(coalition, plan, lead, practice_item):
    add_assessment(plan, lead, "11", "needed")
    list_evidence(plan, lead, practice_item)
    carried = move_to_next_edition(actor=lead, plan=plan, target_edition="mnr-2022")

    standing = Assessment.objects.standing().filter(plan=carried, capability__startswith="mnr-2022")
    assert {tuple(each.records) for each in standing} == {(practice_item.pk,)}


def test_reader_cannot_add_evidence(client, plan, reader, practice_item):
    client.force_login(reader)

    assert client.get(url("evidence_edit", plan, 11)).status_code == 403
    assert client.post(url("evidence_edit", plan, 11), {"record": practice_item.pk}).status_code == 403
    assert client.post(url("evidence_remove", plan, 11, practice_item.pk)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_evidence_page_query_count_is_constant(client, coalition, plan, lead, django_assert_num_queries, count):
    add_assessment(plan, lead)
    for number in range(3):
        item = ItemFactory(coalition=coalition, title=f"Helpline {number}", published=True)
        index.reindex_record(item)
        if number < count:
            list_evidence(plan, lead, item)
    client.force_login(lead)
    page = url("evidence_edit", plan, 11)
    with django_assert_num_queries(11):
        assert client.get(page, {"q": "helpline"}).text.count("Add this record:") == 3 - count
