"""Evidence for an assessment: stored with the assessment, shown to those who can read the record."""

import pytest
from django.core.exceptions import PermissionDenied

from jukwaa.plans.actions import add_capability_evidence, move_to_next_edition, remove_capability_evidence
from jukwaa.plans.models import Assessment
from jukwaa.records import index
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Label
from tests.factories import ItemFactory
from tests.plans.plan_steps import add_assessment, build_plan_url
from tests.plans.test_pages import extract_file_text

CLOSED_EVIDENCE_MESSAGE = "that you cannot read, or that has been withdrawn."


@pytest.fixture
def practice_item(coalition):
    return ItemFactory(coalition=coalition, title="A helpline by night", published=True)


def add_evidence_for(plan, actor, record, capability_number="11"):
    return add_capability_evidence(
        actor=actor, plan=plan, capability=f"{plan.framework}/{capability_number}", record=record
    )


def test_evidence_is_added_by_search_or_address(client, coalition, plan, plan_lead, team_writer, practice_item):
    other = ItemFactory(coalition=coalition, title="A law of 2020", published=True)
    index.reindex_record(practice_item)
    add_assessment(plan, plan_lead, words="Nobody answers at night.")
    client.force_login(team_writer)
    page = build_plan_url("evidence_edit", plan, 11)
    searched = client.get(page, {"q": "helpline night"}).text
    assert f'name="record" value="{practice_item.pk}"' in searched
    assert 'action="#find"' in searched  # what was found stands below what a phone shows first
    for address in (practice_item.pk, practice_item.pk, f"https://testserver{other.get_absolute_url()}"):
        assert client.post(page, {"record": address}).url == page

    assert Assessment.objects.standing().get().given_answers["records"] == [practice_item.pk, other.pk]
    shown = client.get(build_plan_url("capability_detail", plan, 11)).text
    assert all(words in shown for words in ("A helpline by night", "A law of 2020", "Nobody answers at night."))
    assert "Our plan" not in client.get(practice_item.get_absolute_url()).text


@pytest.mark.parametrize("earlier_evidence_count", [0, 1])
def test_adding_evidence_causes_no_edit_conflict(
    client, plan, plan_lead, team_writer, practice_item, earlier_evidence_count
):
    if earlier_evidence_count:
        add_assessment(plan, plan_lead, words="As it was.")
    client.force_login(team_writer)
    edit = {"state": "in-place", "words": "Written for long.", "version": earlier_evidence_count}
    add_evidence_for(plan, plan_lead, practice_item)
    assert client.post(build_plan_url("capability_edit", plan, 11), edit).status_code == 302
    assert (
        client.post(build_plan_url("capability_edit", plan, 11), edit | {"words": "An older page."}).status_code == 409
    )

    now = Assessment.objects.standing().get()
    assert (now.words, now.records) == ("Written for long.", [practice_item.pk])


def test_address_of_other_site_is_refused(client, plan, plan_lead, practice_item):
    client.force_login(plan_lead)

    assert (
        client.post(
            build_plan_url("evidence_edit", plan, 11), {"record": f"https://unicef.org/{practice_item.pk}"}
        ).status_code
        == 422
    )


def test_search_words_are_in_url_after_adding_evidence(client, plan, plan_lead, practice_item):
    client.force_login(plan_lead)
    searched = f"{build_plan_url('evidence_edit', plan, 11)}?q=helpline"

    assert client.post(searched, {"record": practice_item.pk}).url == searched


def test_assessments_are_never_overwritten(client, plan, plan_lead, practice_item):
    add_assessment(plan, plan_lead, words="As it is.")
    add_evidence_for(plan, plan_lead, practice_item)
    client.force_login(plan_lead)
    edit = {"state": "in-place", "words": "Better.", "version": 2}
    assert client.post(build_plan_url("capability_edit", plan, 11), edit).status_code == 302
    for _press in range(2):
        client.post(build_plan_url("evidence_remove", plan, 11, practice_item.pk))

    rows = Assessment.objects.order_by("number").values_list("words", "records")
    text = client.get(build_plan_url("capability_detail", plan, 11)).text
    assert text.count("A helpline by night") == 2  # in what was said before
    assert list(rows) == [
        ("As it is.", []),
        ("As it is.", [practice_item.pk]),
        ("Better.", [practice_item.pk]),
        ("Better.", []),
    ]


def test_removing_evidence_without_assessment_changes_nothing(plan, plan_lead, practice_item):
    given = {"actor": plan_lead, "plan": plan, "capability": "mnr-2016/11"}
    assert remove_capability_evidence(**given, record=practice_item.pk) is None
    add_evidence_for(plan, plan_lead, practice_item)

    assert Assessment.objects.get().state == "not-looked-at"


def test_unreadable_evidence_is_shown_as_a_number(client, coalition, plan, plan_lead, team_writer):
    secret = ItemFactory(coalition=coalition, title="canarysecret", author=plan_lead, label=Label.RED, published=True)
    add_assessment(plan, plan_lead)
    add_evidence_for(plan, plan_lead, secret)
    with pytest.raises(PermissionDenied):
        add_evidence_for(plan, team_writer, secret)
    client.force_login(team_writer)
    assert client.post(build_plan_url("evidence_edit", plan, 12), {"record": secret.pk}).status_code == 422
    for page in ("capability_detail", "evidence_edit"):
        text = client.get(build_plan_url(page, plan, 11)).text
        assert ("canarysecret" in text, CLOSED_EVIDENCE_MESSAGE in text) == (False, True)


def test_withdrawn_evidence_is_inactive(client, coordinator, plan, plan_lead, practice_item):
    add_assessment(plan, plan_lead)
    add_evidence_for(plan, plan_lead, practice_item)
    withdraw_record(actor=coordinator, record=practice_item, reason="It was wrong.")
    client.force_login(plan_lead)
    text = client.get(build_plan_url("capability_detail", plan, 11)).text

    assert ("A helpline by night" in text, CLOSED_EVIDENCE_MESSAGE in text) == (False, True)


@pytest.mark.parametrize("file_extension", ["docx", "xlsx", "csv"])
def test_export_lists_evidence_for_its_readers(client, coalition, plan, plan_lead, practice_item, file_extension):
    secret = ItemFactory(coalition=coalition, title="canarysecret", author=plan_lead, label=Label.RED, published=True)
    add_assessment(plan, plan_lead, evidence="The law of 1998")
    for record in (practice_item, secret):
        add_evidence_for(plan, plan_lead, record)
    client.force_login(plan_lead)
    text = extract_file_text(client.get(build_plan_url("plan_file", plan, file_extension)), file_extension)

    assert ("A helpline by night" in text, "The law of 1998" in text, "canarysecret" in text) == (True, True, False)


@pytest.mark.parametrize("file_extension", ["docx", "xlsx", "csv"])
def test_export_leaves_out_withdrawn_and_draft_evidence(
    client, coalition, coordinator, plan, plan_lead, practice_item, file_extension
):
    own = ItemFactory(coalition=coalition, title="canarywithdrawn", author=plan_lead, published=True)
    for record in (practice_item, own):
        add_evidence_for(plan, plan_lead, record)
    withdraw_record(actor=coordinator, record=own, reason="It was wrong.")
    client.force_login(plan_lead)
    assert (
        "canarywithdrawn" in client.get(build_plan_url("capability_detail", plan, 11)).text
    )  # its author still reads it
    text = extract_file_text(client.get(build_plan_url("plan_file", plan, file_extension)), file_extension)

    assert ("A helpline by night" in text, "canarywithdrawn" in text) == (True, False)


def test_evidence_moves_to_new_edition(coalition, plan, plan_lead, practice_item):
    add_assessment(plan, plan_lead, "11", "needed")
    add_evidence_for(plan, plan_lead, practice_item)
    carried = move_to_next_edition(actor=plan_lead, plan=plan, target_edition="mnr-2022")

    standing = Assessment.objects.standing().filter(plan=carried, capability__startswith="mnr-2022")
    assert {tuple(each.records) for each in standing} == {(practice_item.pk,)}


def test_reader_cannot_add_evidence(client, plan, team_reader, practice_item):
    client.force_login(team_reader)

    assert client.get(build_plan_url("evidence_edit", plan, 11)).status_code == 403
    assert client.post(build_plan_url("evidence_edit", plan, 11), {"record": practice_item.pk}).status_code == 403
    assert client.post(build_plan_url("evidence_remove", plan, 11, practice_item.pk)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_evidence_page_query_count_is_constant(client, coalition, plan, plan_lead, django_assert_num_queries, count):
    add_assessment(plan, plan_lead)
    for number in range(3):
        item = ItemFactory(coalition=coalition, title=f"Helpline {number}", published=True)
        index.reindex_record(item)
        if number < count:
            add_evidence_for(plan, plan_lead, item)
    client.force_login(plan_lead)
    page = build_plan_url("evidence_edit", plan, 11)
    with django_assert_num_queries(11):
        assert client.get(page, {"q": "helpline"}).text.count("Add this record:") == 3 - count
