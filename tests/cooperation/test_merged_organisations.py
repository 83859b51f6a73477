"""Two rows of the directory turn out to be one organisation: what either said, signed and pledged is kept."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.coalitions.actions import merge_organisations
from jukwaa.cooperation.models import Party, Signature
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.actions import PositionContent
from jukwaa.drafting.models import Position
from jukwaa.events.models import Feedback, Pledge
from tests.cooperation.charter_steps import create_spokesperson, create_work_with_signed_charter
from tests.drafting.consensus import create_open_text
from tests.factories import EventFactory, PledgeFactory


def test_merged_party_keeps_both_rows_and_signatures(coalition, coordinator):
    first, second = create_spokesperson(coalition, "A helpline"), create_spokesperson(coalition, "The helpline")
    create_work_with_signed_charter(coalition, first, second)
    merge_organisations(actor=coordinator, surviving_organisation=first[1], merged_organisation=second[1])

    assert {party.organisation_id for party in Party.objects.all()} == {first[1].pk}
    assert sorted(str(signature.party) for signature in Signature.objects.all()) == ["A helpline", "The helpline"]


def test_merged_duplicate_pledges_keep_feedback(coalition, coordinator):
    stays, goes = create_spokesperson(coalition, "A helpline"), create_spokesperson(coalition, "The helpline")
    event = EventFactory(coalition=coalition, published=True, on=timezone.localdate())
    for _person, organisation in (stays, goes):
        PledgeFactory(occurrence=event.occurrences.get(), organisation=organisation, activity="A lesson.", country="KE")
    told = Feedback.objects.create(pledge=Pledge.objects.get(organisation=goes[1]), done="We held it.", person=goes[0])
    merge_organisations(actor=coordinator, surviving_organisation=stays[1], merged_organisation=goes[1])

    pledge = Pledge.objects.get()
    told.refresh_from_db()
    assert (pledge.organisation, told.pledge, told.done) == (stays[1], pledge, "We held it.")


def test_merged_positions_stay_readable_and_one_is_counted(coalition, member, coordinator):
    stays, goes = create_spokesperson(coalition, "A helpline"), create_spokesperson(coalition, "The helpline")
    closes = timezone.now() + timedelta(days=20)
    call = drafting.call_for_consensus(actor=coordinator, text=create_open_text(coalition, member), closes_at=closes)
    for (person, organisation), stance in ((stays, "support"), (goes, "object")):
        stand = PositionContent(stance, "We say why.")
        drafting.take_call_position(actor=person, call=call, organisation=organisation, stand=stand)
    merge_organisations(actor=coordinator, surviving_organisation=stays[1], merged_organisation=goes[1])

    found = Position.objects.order_by("pk").values_list("organisation", "stance", "reason", "stands")
    one = stays[1].pk
    assert list(found) == [(one, "support", "We say why.", True), (one, "object", "We say why.", False)]
