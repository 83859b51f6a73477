"""Who takes part in joint work: asked, taken out, withdrawn, and what each may do afterwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.coalitions.actions import merge_organisations
from jukwaa.coalitions.models import Affiliation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation.actions import work as works
from jukwaa.cooperation.actions import work_charters as charters
from jukwaa.cooperation.models import Deliverable, JointWork, Party, Signature
from jukwaa.records.policies import can_read
from tests.cooperation.charter_steps import (
    begin_work_with_charter,
    create_proposed_charter,
    create_spokesperson,
    create_work_with_signed_charter,
    get_future_day,
    get_refusal_text,
    sign_charter_for,
)
from tests.factories import OrganisationFactory


def test_party_snapshot_does_not_change(coalition, helpline, provider):
    work = begin_work_with_charter(coalition, helpline, provider)
    provider[1].stakeholder_group = "government"
    provider[1].save()

    assert work.parties.get(organisation=provider[1]).capacity.stakeholder_group == "private-sector"


def test_party_without_duties_can_be_removed(coalition, helpline, provider):
    third, fourth = create_spokesperson(coalition, "A ministry"), create_spokesperson(coalition, "A bank")
    charter = create_proposed_charter(coalition, helpline, provider, third, fourth, label="TLP:AMBER")
    sign_charter_for(charter, provider)
    work = charter.work
    charters.withdraw_charter_proposal(actor=helpline[0], work=work, reason="Fewer.")
    party = {each.organisation_id: each for each in work.parties.select_related("work__coalition", "capacity")}
    days = {"promised_for": get_future_day(60), "first_promised_for": get_future_day(60)}
    Deliverable.objects.create(work=work, party=party[third[1].pk], what="A guide", **days)

    remove = {"actor": helpline[0]}
    assert ", because it has signed the charter" in get_refusal_text(
        works.remove_work_party, party=party[provider[1].pk], **remove
    )
    assert "is responsible for a deliverable" in get_refusal_text(
        works.remove_work_party, party=party[third[1].pk], **remove
    )
    assert can_read(ViewerContext(fourth[0]), work)
    works.remove_work_party(party=party[fourth[1].pk], **remove)
    assert not can_read(ViewerContext(fourth[0]), work)
    assert can_read(ViewerContext(third[0]), work)


def test_organisation_without_access_cannot_become_party(coalition, helpline, provider):
    thought_of = OrganisationFactory(coalition=coalition, name="A bank")
    work = begin_work_with_charter(coalition, helpline, provider, label="TLP:GREEN")
    sentence = get_refusal_text(works.add_work_party, actor=helpline[0], work=work, organisation=thought_of)

    assert sentence.endswith("A bank is not a member, so it could not read this joint work.")


def test_withdrawn_party_does_not_stop_signing(coalition, helpline, provider):
    third = create_spokesperson(coalition, "A ministry")
    charter = create_proposed_charter(coalition, helpline, provider, third)
    sign_charter_for(charter, helpline)
    party = Party.objects.select_related("work__coalition").get(organisation=third[1])
    assert get_refusal_text(works.leave_joint_work, actor=third[0], party=party, reason=" ").startswith(
        "Give the reason in a sentence."
    )
    works.leave_joint_work(actor=third[0], party=party, reason="We have no people for it.")
    charter.refresh_from_db()

    assert charter.dropped_at is not None
    assert works.find_open_charter(charter.work).number == 2
    assert get_refusal_text(sign_charter_for, charter, third) == "A ministry has left this joint work."
    assert Signature.objects.count() == 1


def test_starter_of_former_party_cannot_edit(coalition, helpline, provider):
    third = create_spokesperson(coalition, "A ministry")
    charter = create_proposed_charter(coalition, helpline, provider, third)
    party = Party.objects.select_related("work__coalition").get(organisation=helpline[1])
    works.leave_joint_work(actor=helpline[0], party=party, reason="Our programme has ended.")
    work = JointWork.objects.select_related("coalition").get(pk=charter.work_id)
    charters.propose_charter(actor=provider[0], work=work)

    with pytest.raises(PermissionDenied):
        charters.withdraw_charter_proposal(actor=helpline[0], work=work, reason="Not without us.")
    assert works.find_open_charter(work).is_being_signed


def test_starter_without_organisation_cannot_edit(coalition, helpline, provider):
    charter = create_proposed_charter(coalition, helpline, provider)
    Affiliation.objects.filter(person=helpline[0]).update(ends_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(PermissionDenied):
        charters.withdraw_charter_proposal(actor=helpline[0], work=charter.work, reason="Not without me.")


def test_former_party_is_not_asked_again(coalition, helpline, provider):
    third = create_spokesperson(coalition, "A ministry")
    work = begin_work_with_charter(coalition, helpline, provider, third)
    party = Party.objects.select_related("work__coalition").get(organisation=third[1])
    works.leave_joint_work(actor=third[0], party=party, reason="Our programme has ended.")

    sentence = get_refusal_text(works.add_work_party, actor=helpline[0], work=work, organisation=third[1])
    assert sentence == "A ministry has left this joint work. To work with the organisation again, start new joint work."


def test_withdrawing_for_other_party_is_refused(coalition, helpline, provider, coordinator):
    charter = create_proposed_charter(coalition, helpline, provider)
    party = Party.objects.select_related("work__coalition").get(organisation=provider[1])
    for person in (coordinator, helpline[0]):
        with pytest.raises(PermissionDenied):
            works.leave_joint_work(actor=person, party=party, reason="So.")
    assert charter.work.parties.filter(left_at__isnull=False).count() == 0


def test_merged_parties_keep_both_signatures(coalition, helpline, provider, coordinator):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    Deliverable.objects.update(party=work.parties.get(organisation=provider[1]))
    merge_organisations(actor=coordinator, surviving_organisation=helpline[1], merged_organisation=provider[1])

    assert [party.capacity.name for party in work.parties.all()] == ["A helpline", "A provider"]
    assert Signature.objects.count() == 2
    assert Deliverable.objects.get().party.capacity.name == "A provider"
