"""The pages of joint work: beginning, writing, signing, following, and what the world sees of it."""

import re

import pytest
from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.cooperation.actions import work_charters as charters
from jukwaa.cooperation.models import Charter, Deliverable, JointWork, Outcome, Party, Signature
from tests.cooperation.charter_steps import (
    begin_work_with_charter,
    create_proposed_charter,
    create_spokesperson,
    create_work_with_signed_charter,
    get_future_day,
    sign_charter_for,
)
from tests.factories import NeedFactory, OrganisationFactory


def build_work_url(route_name, coalition, *rest):
    return reverse(f"cooperation:{route_name}", args=[coalition.slug, *rest])


def extract_main_text(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.text.partition("<main")[2])
    return re.sub(r"\s+", " ", text)


def build_short_charter_form_data(**more):
    rows = {"deliverables-rows": "3", "outcomes-rows": "2"}
    rows |= {
        "deliverables-0-what": "A guide",
        "deliverables-0-on": get_future_day(60),
        "outcomes-0-what": "Answers come sooner",
    }
    told = {"title": "A guide together", "others": "A provider", "why": "So.", "basis": "Openly.", "label": "TLP:CLEAR"}
    return {**told, "language": "en", **rows, **more}


def test_joint_work_starts_with_five_questions(client, coalition, helpline, provider):
    client.force_login(helpline[0])
    page = client.get(build_work_url("work_new", coalition))
    for question in (
        "Why do we do this together?",
        "Other organisations",
        "On what basis?",
        "Deliverable",
        "How will we know",
    ):
        assert question in extract_main_text(page)
    response = client.post(build_work_url("work_new", coalition), build_short_charter_form_data())
    work = JointWork.objects.get()

    assert response.headers["Location"] == build_work_url("charter_write", coalition, work.pk)
    assert [party.capacity.name for party in work.parties.all()] == ["A helpline", "A provider"]
    assert work.charters.get().answers["deliverables"] == [{"id": None, "what": "A guide", "on": get_future_day(60)}]


def test_invalid_rows_show_errors_and_keep_form(client, coalition, helpline):
    client.force_login(helpline[0])
    sent = build_short_charter_form_data(
        title="", others="Nobody knows it", **{"deliverables-0-on": "", "deliverables-1-on": get_future_day(9)}
    )
    response = client.post(build_work_url("work_new", coalition), sent)

    assert response.status_code == 422
    for sentence in (
        "Enter a title that helps others find it.",
        "“Nobody knows it” is not in the directory.",
        "Enter the due date. An amendment can change it later.",
        "Enter a description, or clear this row.",
    ):
        assert sentence in extract_main_text(response)
    assert 'value="A guide"' in response.text


def test_similar_organisation_names_are_suggested(client, coalition, helpline):
    OrganisationFactory(coalition=coalition, name="A hotline network in Western Europe")
    client.force_login(helpline[0])
    response = client.post(
        build_work_url("work_new", coalition), build_short_charter_form_data(others="hotline network")
    )

    assert "Did you mean one of these? A hotline network in Western Europe" in extract_main_text(response)
    assert "hotline network</textarea>" in response.text


def test_draft_work_page_links_writers_to_questions(client, coalition, helpline, provider):
    work = begin_work_with_charter(coalition, helpline, provider)
    write = f'class="button" href="{build_work_url("charter_write", coalition, work.pk)}"'

    assert write not in client.get(build_work_url("work_detail", coalition, work.pk)).text
    client.force_login(helpline[0])
    assert write in client.get(build_work_url("work_detail", coalition, work.pk)).text


def test_individual_member_sees_who_can_start_work(client, coalition, member):
    client.force_login(member)
    response = client.get(build_work_url("work_new", coalition))

    assert (response.status_code, "Only people who represent an organisation" in extract_main_text(response)) == (
        403,
        True,
    )


def test_work_from_restricted_record_stays_restricted(client, coalition, helpline, provider):
    need = NeedFactory(coalition=coalition, published=True, label="TLP:GREEN")
    begin = build_work_url("work_new", coalition) + f"?from={need.pk}"
    client.force_login(helpline[0])
    refused = client.post(begin, build_short_charter_form_data())

    assert (refused.status_code, JointWork.objects.count()) == (422, 0)
    assert "This record was created from records that have fewer readers." in refused.text
    assert client.post(begin, build_short_charter_form_data(label="TLP:GREEN")).status_code == 302


def test_longer_charter_is_written_by_question(client, coalition, helpline, provider):
    client.force_login(helpline[0])
    client.post(f"{build_work_url('work_new', coalition)}?form=private-sector", build_short_charter_form_data())
    work = JointWork.objects.get()
    first = build_work_url("charter_answer", coalition, work.pk, "principles")
    page = client.get(build_work_url("charter_write", coalition, work.pk))
    assert "United Nations and the Business Sector" in extract_main_text(page)
    response = client.post(first, {"answer": "The Convention.", "version": "1", "go_on": "1"})

    assert response.headers["Location"] == build_work_url("charter_answer", coalition, work.pk, "roles")
    assert Charter.objects.get().answers["principles"] == "The Convention."


def test_charter_answer_conflict_shows_both_texts(client, coalition, helpline, provider):
    work = begin_work_with_charter(coalition, helpline, provider)
    charters.write_charter_answer(actor=provider[0], work=work, question="why", answer="Theirs stands.", from_version=1)
    client.force_login(helpline[0])
    address = build_work_url("charter_answer", coalition, work.pk, "why")
    response = client.post(address, {"answer": "Mine stands.", "version": "1"})
    assert response.status_code == 409
    assert "Theirs stands." in extract_main_text(response)
    assert "Mine stands." in extract_main_text(response)
    again = client.post(address, {"answer": "Mine stands.", "version": "2"})

    assert (again.status_code, Charter.objects.get().answers["why"]) == (302, "Mine stands.")


def test_charter_is_proposed_read_and_signed_on_pages(client, coalition, helpline, provider):
    work = begin_work_with_charter(coalition, helpline, provider)
    client.force_login(helpline[0])
    client.post(build_work_url("charter_propose", coalition, work.pk))
    for person, organisation in (helpline, provider):
        client.force_login(person)
        address = build_work_url("charter_sign", coalition, work.pk, work.parties.get(organisation=organisation).pk)
        page = client.get(address)
        assert "Nobody pays anybody." in extract_main_text(page)
        digest = re.search(r'name="digest" value="(\w+)"', page.text).group(1)
        client.post(address, {"digest": digest})

    assert Signature.objects.count() == 2
    response = client.get(build_work_url("charter_detail", coalition, work.pk))
    assert "in force since" in extract_main_text(response)
    assert Charter.objects.get().digest in response.text


def test_changed_charter_cannot_be_signed(client, coalition, helpline, provider):
    old = create_proposed_charter(coalition, helpline, provider)
    work = old.work
    draft = charters.withdraw_charter_proposal(actor=provider[0], work=work, reason="Money.")
    answer = "The provider pays all."
    charters.write_charter_answer(
        actor=provider[0], work=work, question="basis", answer=answer, from_version=draft.version
    )
    new = charters.propose_charter(actor=provider[0], work=work)
    client.force_login(helpline[0])
    address = build_work_url("charter_sign", coalition, work.pk, work.parties.get(organisation=helpline[1]).pk)
    response = client.post(address, {"digest": old.digest})
    assert response.status_code == 409
    for words in ("Compare the two texts below", "Nobody pays anybody.", "The provider pays all.", "What has changed"):
        assert words in extract_main_text(response)
    assert not Signature.objects.exists()
    client.post(address, {"digest": re.search(r'name="digest" value="(\w+)"', response.text).group(1)})

    assert Signature.objects.get().digest == new.digest


def test_former_representative_gets_explanation(client, coalition, helpline, provider):
    charter = create_proposed_charter(coalition, helpline, provider)
    party = charter.work.parties.get(organisation=provider[1])
    client.force_login(helpline[0])  # of another party: reads the page, and can't sign on it
    address = build_work_url("charter_sign", coalition, charter.work_id, party.pk)
    assert "You do not currently represent A provider" in extract_main_text(client.get(address))
    response = client.post(address, {"digest": charter.digest})

    assert response.status_code == 403
    assert "You do not currently represent A provider" in extract_main_text(response)


def test_public_sees_only_groups_of_unsigned_work(client, coalition, helpline, provider, member):
    charter = create_proposed_charter(coalition, helpline, provider)
    sign_charter_for(charter, helpline)
    addresses = [build_work_url(name, coalition, charter.work_id) for name in ("work_detail", "charter_detail")]
    addresses += [build_work_url("charter_text", coalition, charter.work_id, 1), build_work_url("work_list", coalition)]
    for person in (None, member):
        if person:
            client.force_login(person)
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200
            assert "A helpline" not in page.text.partition("<main")[2] + page.text.partition("<main")[0] * (
                "text/" in address
            )
            assert "A provider" not in page.text.replace("A provider’s", "")
    assert "private sector" in extract_main_text(client.get(addresses[0])).casefold()
    sign_charter_for(charter, provider)

    client.logout()
    page = extract_main_text(client.get(addresses[0]))
    assert "A helpline" in page
    assert "A provider" in page


def test_withdrawal_reason_is_visible_only_to_signing_parties(client, coalition, helpline, provider, member):
    charter = create_proposed_charter(coalition, helpline, provider)
    charters.withdraw_charter_proposal(actor=helpline[0], work=charter.work, reason="A provider will not sign this.")
    page = build_work_url("charter_detail", coalition, charter.work_id)
    again = charters.propose_charter(actor=helpline[0], work=charter.work)

    for person in (member, None):
        client.logout()
        if person:
            client.force_login(person)
        assert "A provider will not sign this." not in client.get(page).text
    client.force_login(provider[0])
    assert "A provider will not sign this." in client.get(page).text
    for speaker in (helpline, provider):
        sign_charter_for(again, speaker)
    client.logout()
    assert "A provider will not sign this." not in client.get(page).text
    charters.begin_charter_amendment(actor=helpline[0], work=charter.work, reason="One more month.")
    third = charters.propose_charter(actor=helpline[0], work=charter.work)
    assert "One more month." not in client.get(page).text
    for speaker in (helpline, provider):
        sign_charter_for(third, speaker)
    assert "One more month." in client.get(page).text


def test_dropped_text_is_visible_only_to_its_parties(client, coalition, helpline, provider, member):
    charter = create_proposed_charter(coalition, helpline, provider)
    charters.withdraw_charter_proposal(actor=helpline[0], work=charter.work, reason="Money.")
    page, file = (
        build_work_url("charter_detail", coalition, charter.work_id),
        build_work_url("charter_text", coalition, charter.work_id, 1),
    )

    for person in (member, None):
        client.logout()
        if person:
            client.force_login(person)
        assert ("Version 1 of the charter" in extract_main_text(client.get(page)), client.get(file).status_code) == (
            False,
            404,
        )
        assert "Version 2 of the charter" in extract_main_text(client.get(page))
    client.force_login(provider[0])
    assert ("Version 1 of the charter" in extract_main_text(client.get(page)), client.get(file).text) == (
        True,
        charter.text,
    )


def test_signer_names_follow_read_rules(client, coalition, helpline, provider, member):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    page = build_work_url("charter_detail", coalition, work.pk)
    client.force_login(member)
    assert "represented by Somebody of A provider" in extract_main_text(client.get(page))
    Person.objects.filter(pk=provider[0].pk).update(is_minor=True, name_is_public=False, adult_contact=helpline[0])

    assert "represented by a participant under 18" in extract_main_text(client.get(page))
    assert "Somebody of A provider" not in client.get(page).text


def test_asked_party_is_hidden_from_public_directory(client, coalition, helpline, provider):
    thought_of = create_spokesperson(coalition, "A bank")
    thought_of[1].memberships.update(standing="applied", starts_on=None)
    charter = create_proposed_charter(coalition, helpline, provider, thought_of)

    assert client.get(thought_of[1].get_absolute_url()).status_code == 404
    sign_charter_for(charter, thought_of)
    assert client.get(thought_of[1].get_absolute_url()).status_code == 200


def test_silent_party_is_shown_only_to_parties_and_coordinator(
    client, coalition, helpline, provider, member, coordinator, rapporteur
):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    party = work.parties.get(organisation=provider[1])
    Deliverable.objects.update(promised_for="2026-01-01", party=party)
    address = build_work_url("work_detail", coalition, work.pk)
    seen = {}
    for person in (None, member, rapporteur, coordinator, helpline[0], provider[0]):
        client.logout()
        if person:
            client.force_login(person)
        seen[person] = "Waiting for these parties" in extract_main_text(client.get(address))

    assert seen == {
        None: False,
        member: False,
        rapporteur: False,
        coordinator: True,
        helpline[0]: True,
        provider[0]: True,
    }


def test_work_for_parties_is_hidden_from_others(client, coalition, helpline, provider, member, coordinator):
    work = create_work_with_signed_charter(coalition, helpline, provider, label="TLP:AMBER")
    address = build_work_url("work_detail", coalition, work.pk)
    seen = []
    for person in (None, member, coordinator, helpline[0], provider[0]):
        client.logout()
        if person:
            client.force_login(person)
        seen.append(client.get(address).status_code)

    assert seen == [404, 404, 404, 200, 200]


def test_forms_are_shown_only_to_allowed_people(client, coalition, helpline, provider, member):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    party, deliverable, outcome = work.parties.first(), Deliverable.objects.get(), Outcome.objects.get()
    pages = [("work_edit",), ("party_new",), ("charter_amend",), ("update_new",), ("product_new",), ("work_end",)]
    pages += [("deliverable_report", deliverable.pk), ("figure_new", outcome.pk), ("party_leave", party.pk)]
    client.force_login(member)
    assert {client.get(build_work_url(name, coalition, work.pk, *rest)).status_code for name, *rest in pages} == {404}
    client.force_login(helpline[0])

    assert {client.get(build_work_url(name, coalition, work.pk, *rest)).status_code for name, *rest in pages} == {200}


def test_party_withdraws_with_visible_reason(client, coalition, helpline, provider):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    party = Party.objects.get(organisation=provider[1])
    client.force_login(provider[0])
    address = build_work_url("party_leave", coalition, work.pk, party.pk)
    assert "Give the reason in a sentence." in extract_main_text(client.post(address, {"reason": ""}))
    client.post(address, {"reason": "Our programme has ended."})
    client.logout()

    page = extract_main_text(client.get(build_work_url("work_detail", coalition, work.pk)))
    assert "Our programme has ended." in page
    assert re.search(r"A provider .*left on", page)


QUERY_COUNT_BY_PAGE = {"work_list": 4, "work_detail": 10, "charter_detail": 7, "update_list": 7}


@pytest.mark.parametrize("count", [1, 3])
def test_work_pages_query_count_is_constant(
    client, coalition, helpline, provider, member, django_assert_num_queries, count
):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    for _ in range(count - 1):
        begin_work_with_charter(coalition, helpline, provider)
        Deliverable.objects.create(
            work=work, what="More", promised_for=get_future_day(9), first_promised_for=get_future_day(9)
        )
        Outcome.objects.create(work=work, what="More")
    client.force_login(member)
    client.get(build_work_url("work_list", coalition))
    for name, queries in QUERY_COUNT_BY_PAGE.items():
        with django_assert_num_queries(queries):
            assert (
                client.get(build_work_url(name, coalition, *(() if name == "work_list" else (work.pk,)))).status_code
                == 200
            )
