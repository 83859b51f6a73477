"""People of a proposal are left alone: who is written to, who sees them, and what is erased."""

import pytest
from django.urls import reverse

from jukwaa.accounts.erased import was_taken_out
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.proposals import actions
from tests.proposals.people import ADDRESS, invite, start


@pytest.fixture
def proposal(released, coordinator):
    return start(coordinator, released)


def url(name, *args):
    return reverse(f"proposals:{name}", args=["ours", *args])


def test_whom_the_team_removes_can_be_invited_again_here_and_elsewhere(
    coordinator, released, other_coalition, proposal
):
    actions.remove_participant(actor=coordinator, participant=invite(coordinator, proposal))

    assert not Person.objects.filter(email=ADDRESS).exists()
    assert not ErasedIdentity.objects.exists()
    assert not [each for each in (released, other_coalition) if was_taken_out(ADDRESS, each.pk)]
    assert invite(coordinator, proposal).person.email == ADDRESS
