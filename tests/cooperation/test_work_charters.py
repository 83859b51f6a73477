"""Agreeing on joint work: what is proposed, who signs which text, and when work begins."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Affiliation
from jukwaa.cooperation.actions import work as works
from jukwaa.cooperation.actions import work_charters as charters
from jukwaa.cooperation.models import Charter, Deliverable, DeliverableReport, JointWork, Outcome, Party, Signature
from jukwaa.core.refusals import EditConflict
from jukwaa.records.actions import withdraw_record
from tests.cooperation.charter_steps import (
    begin_work_with_charter,
    create_proposed_charter,
    create_spokesperson,
    create_work_with_signed_charter,
    get_future_day,
    get_refusal_text,
    sign_charter_for,
)
from tests.factories import AffiliationFactory, OrganisationFactory


def test_speaker_or_rapporteur_starts_joint_work(coalition, helpline, provider, member, rapporteur):
    with pytest.raises(PermissionDenied):
        begin_work_with_charter(coalition, (member, None), helpline)
    work = begin_work_with_charter(coalition, (rapporteur, None), helpline, provider)

    assert [party.capacity.name for party in work.parties.all()] == ["A helpline", "A provider"]
    assert list(Activity.objects.filter(kind="joint-work").values_list("verb", flat=True)) == ["published"]


def test_proposed_text_is_frozen_with_verifiable_digest(coalition, helpline, provider):
    charter = create_proposed_charter(coalition, helpline, provider)

    assert charter.digest == hashlib.sha256(charter.text.encode()).hexdigest()
    for words in ("A guide together", "Nobody pays anybody.", "A provider (private sector)", "It is not a contract."):
        assert words.casefold() in charter.text.casefold()
    assert "Baseline: 0 hours" in charter.text


def test_charter_is_in_force_once_all_required_signed(coalition, helpline, provider):
    third = create_spokesperson(coalition, "A ministry")
    work = begin_work_with_charter(coalition, helpline, provider)
    works.add_work_party(actor=helpline[0], work=work, organisation=third[1], must_sign=False)
    charter = charters.propose_charter(actor=helpline[0], work=work)
    sign_charter_for(charter, helpline)
    charter.refresh_from_db()
    assert charter.in_force_since is None
    assert not Deliverable.objects.exists()
    sign_charter_for(charter, provider)
    charter.refresh_from_db()
    work.refresh_from_db()

    assert (charter.in_force_since is not None, work.stage) == (True, "under-way")
    assert list(Deliverable.objects.values_list("what", "state")) == [("A guide for helplines", "promised")]
    assert [(row.what, row.baseline, row.target) for row in Outcome.objects.all()] == [("Answers come sooner", 0, 24)]
    sign_charter_for(charter, third)
    assert Signature.objects.count() == 3


def test_signing_twice_counts_once(coalition, helpline, provider):
    charter = create_proposed_charter(coalition, helpline, provider)

    assert sign_charter_for(charter, helpline) == sign_charter_for(charter, helpline)
    assert Activity.objects.filter(kind="signature", verb="signed").count() == 1


def test_unconfirmed_affiliation_cannot_sign(coalition, helpline, provider, coordinator, member, outsider):
    charter = create_proposed_charter(coalition, helpline, provider)
    own = AffiliationFactory(organisation=provider[1], may_speak=False).person
    for person in (coordinator, member, outsider, own, helpline[0]):
        with pytest.raises(PermissionDenied, match="you cannot sign on its behalf"):
            sign_charter_for(charter, (person, provider[1]))


def test_former_speaker_cannot_sign(coalition, helpline, provider):
    charter = create_proposed_charter(coalition, helpline, provider)
    yesterday = timezone.localdate() - timedelta(days=1)
    Affiliation.objects.filter(person=provider[0]).update(ends_on=yesterday)

    with pytest.raises(PermissionDenied, match="You do not currently represent A provider"):
        sign_charter_for(charter, provider)


def test_signing_changed_text_is_refused_with_both_texts(coalition, helpline, provider):
    old = create_proposed_charter(coalition, helpline, provider)
    work = old.work
    draft = charters.withdraw_charter_proposal(actor=provider[0], work=work, reason="Money is missing.")
    with pytest.raises(EditConflict, match="withdrawn") as refused:
        sign_charter_for(old, helpline)
    assert refused.value.current is None
    charters.write_charter_answer(
        actor=provider[0], work=work, question="basis", answer="The provider pays.", from_version=draft.version
    )
    new = charters.propose_charter(actor=provider[0], work=work)
    with pytest.raises(EditConflict, match="Compare the two texts below") as refused:
        sign_charter_for(old, helpline)

    assert refused.value.current == new
    assert (new.number, new.why_changed) == (2, "Money is missing.")
    assert not Signature.objects.exists()


def test_withdrawn_text_keeps_its_signatures(coalition, helpline, provider):
    old = create_proposed_charter(coalition, helpline, provider)
    sign_charter_for(old, helpline)
    charters.withdraw_charter_proposal(actor=provider[0], work=old.work, reason="One word.")
    new = charters.propose_charter(actor=provider[0], work=old.work)
    sign_charter_for(new, provider)
    new.refresh_from_db()

    assert new.in_force_since is None  # the helpline has signed another text
    assert list(Signature.objects.order_by("pk").values_list("charter__number", "party__capacity__name")) == [
        (1, "A helpline"),
        (2, "A provider"),
    ]


def test_proposed_charter_cannot_be_edited(coalition, helpline, provider):
    charter = create_proposed_charter(coalition, helpline, provider)
    write = charters.write_charter_answer
    told = {"actor": helpline[0], "work": charter.work, "question": "why", "answer": "Else.", "from_version": 1}

    assert (
        get_refusal_text(write, **told)
        == "The charter is being signed. To make changes, withdraw it. All parties will then need to sign again."
    )
    assert get_refusal_text(
        works.add_work_party,
        actor=helpline[0],
        work=charter.work,
        organisation=OrganisationFactory(coalition=coalition),
    ).startswith("The charter is being signed.")


def test_title_of_signed_work_cannot_be_edited(coalition, helpline, provider):
    work = create_proposed_charter(coalition, helpline, provider).work
    told = {"actor": helpline[0], "work": work, "from_version": work.version}

    assert get_refusal_text(works.change_joint_work, changed_fields={"title": "Another"}, **told).startswith(
        "The title is part of a charter"
    )
    assert works.change_joint_work(changed_fields={"summary": "In short."}, **told).summary == "In short."


def test_incomplete_or_single_party_charter_cannot_be_proposed(coalition, helpline, provider):
    work = begin_work_with_charter(coalition, helpline)
    assert get_refusal_text(charters.propose_charter, actor=helpline[0], work=work).startswith(
        "At least 2 parties must sign"
    )
    works.add_work_party(actor=helpline[0], work=work, organisation=provider[1])
    charters.write_charter_answer(actor=helpline[0], work=work, question="basis", answer="", from_version=1)

    assert get_refusal_text(charters.propose_charter, actor=helpline[0], work=work) == (
        "Answer these questions first: On what basis?"
    )


def test_amendment_needs_new_signatures_to_replace_charter(coalition, helpline, provider):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    deliverable = Deliverable.objects.get()
    draft = charters.begin_charter_amendment(actor=provider[0], work=work, reason="The guide takes longer.")
    rows = [
        {**draft.answers["deliverables"][0], "on": get_future_day(90)},
        {"id": None, "what": "A training", "party": None, "on": get_future_day(120)},
    ]
    charters.write_charter_answer(
        actor=provider[0], work=work, question="deliverables", answer=rows, from_version=draft.version
    )
    charter = charters.propose_charter(actor=provider[0], work=work)
    assert "Amendment 1" in charter.text
    sign_charter_for(charter, provider)
    deliverable.refresh_from_db()
    assert deliverable.promised_for.isoformat() == get_future_day(60)
    sign_charter_for(charter, helpline)
    deliverable.refresh_from_db()

    assert (deliverable.promised_for.isoformat(), deliverable.first_promised_for.isoformat()) == (
        get_future_day(90),
        get_future_day(60),
    )
    assert list(Deliverable.objects.values_list("what", flat=True)) == ["A guide for helplines", "A training"]
    assert work.charter_in_force() == charter
    assert Charter.objects.filter(in_force_since__isnull=False).count() == 2


def test_later_party_cannot_sign_charter_in_force(coalition, helpline, provider):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    first = work.charters.get()
    late = create_spokesperson(coalition, "A ministry")
    charters.begin_charter_amendment(actor=helpline[0], work=work, reason="A ministry joins.")
    works.add_work_party(actor=helpline[0], work=work, organisation=late[1])

    with pytest.raises(EditConflict):
        sign_charter_for(first, late)
    assert not Signature.objects.filter(party__organisation=late[1]).exists()


def test_superseded_charter_cannot_be_signed(coalition, helpline, provider):
    third = create_spokesperson(coalition, "A ministry")
    work = begin_work_with_charter(coalition, helpline, provider)
    works.add_work_party(actor=helpline[0], work=work, organisation=third[1], must_sign=False)
    first = charters.propose_charter(actor=helpline[0], work=work)
    for speaker in (helpline, provider):
        sign_charter_for(first, speaker)
    draft = charters.begin_charter_amendment(actor=helpline[0], work=work, reason="One more month.")
    told = {"question": "why", "answer": "Helplines hear too late.", "from_version": draft.version}
    charters.write_charter_answer(actor=helpline[0], work=work, **told)
    second = charters.propose_charter(actor=helpline[0], work=work)
    for speaker in (helpline, provider):
        sign_charter_for(second, speaker)

    with pytest.raises(EditConflict):
        sign_charter_for(first, third)
    assert sign_charter_for(second, third).charter == second


def test_amendment_drops_omitted_deliverables(coalition, helpline, provider):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    draft = charters.begin_charter_amendment(actor=provider[0], work=work, reason="Nobody needs the guide.")
    rows = [{"id": None, "what": "A training", "party": None, "on": get_future_day(120)}]
    charters.write_charter_answer(
        actor=provider[0], work=work, question="deliverables", answer=rows, from_version=draft.version
    )
    charter = charters.propose_charter(actor=provider[0], work=work)
    for speaker in (helpline, provider):
        sign_charter_for(charter, speaker)

    assert list(Deliverable.objects.values_list("what", "state")) == [
        ("A guide for helplines", "dropped"),
        ("A training", "promised"),
    ]
    assert DeliverableReport.objects.get().words == "Removed by an amendment: Nobody needs the guide."


def test_dropped_amendment_keeps_charter_in_force(coalition, helpline, provider):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    before = work.charter_in_force()
    charters.begin_charter_amendment(actor=provider[0], work=work, reason="Perhaps.")
    charters.drop_charter_amendment(actor=helpline[0], joint_work=work)

    assert work.charter_in_force() == before
    assert works.find_open_charter(work) is None


def test_withdrawn_work_sends_no_email(coalition, helpline, provider):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    withdraw_record(actor=helpline[0], record=work, reason="By mistake.")
    work.refresh_from_db()

    changes = {"summary": "Another one."}
    sentence = get_refusal_text(
        works.change_joint_work, actor=helpline[0], work=work, changed_fields=changes, from_version=work.version
    )
    assert sentence == "This record has been withdrawn and can no longer be changed."


def test_withdrawal_reason_is_not_amendment_reason(coalition, helpline, provider):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    charters.begin_charter_amendment(actor=provider[0], work=work, reason="Nobody needs the guide.")
    charters.propose_charter(actor=provider[0], work=work)
    draft = charters.withdraw_charter_proposal(actor=helpline[0], work=work, reason="A provider pays too little.")
    told = {"question": "deliverables", "answer": [], "from_version": draft.version}
    rows = [{"id": None, "what": "A training", "party": None, "on": get_future_day(120)}]
    charters.write_charter_answer(actor=provider[0], work=work, **told | {"answer": rows})
    charter = charters.propose_charter(actor=provider[0], work=work)
    for speaker in (helpline, provider):
        sign_charter_for(charter, speaker)

    assert DeliverableReport.objects.get().words == "Removed by an amendment: Nobody needs the guide."


def test_database_enforces_charter_rules(coalition, helpline, provider):
    charter = create_proposed_charter(coalition, helpline, provider)
    work = charter.work
    for broken in (
        lambda: Charter.objects.create(work=work, number=2, form="short"),
        lambda: Charter.objects.filter(pk=charter.pk).update(digest=""),
        lambda: Charter.objects.filter(pk=charter.pk).update(in_force_since=timezone.now(), dropped_at=timezone.now()),
        lambda: Party.objects.filter(work=work).update(left_at=timezone.now()),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


def test_ended_work_has_reason_and_accepts_no_signature(coalition, helpline, provider, member):
    charter = create_proposed_charter(coalition, helpline, provider)
    work = charter.work
    with pytest.raises(PermissionDenied):
        works.end_joint_work(actor=member, work=work, work_stage="given-up", reason="So.")
    assert get_refusal_text(
        works.end_joint_work, actor=helpline[0], work=work, work_stage="ended", reason="So."
    ).startswith("This work has not started")
    works.end_joint_work(actor=helpline[0], work=work, work_stage="given-up", reason="Nobody has time.")

    assert get_refusal_text(sign_charter_for, charter, provider).startswith("This joint work has ended.")
    assert JointWork.objects.get().ended_because == "Nobody has time."
