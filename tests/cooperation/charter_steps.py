"""What the tests of joint work share: organisations with speakers, and a work in each stage."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from jukwaa.cooperation.actions.work import WorkSetup, begin_joint_work
from jukwaa.cooperation.actions.work_charters import propose_charter, sign_charter
from jukwaa.cooperation.models import Charter, JointWork, Party
from jukwaa.core.refusals import ActionRefused
from tests.drafting.consensus import create_spokesperson

__all__ = [
    "begin_work_with_charter",
    "build_charter_answers",
    "create_proposed_charter",
    "create_spokesperson",
    "create_work_with_signed_charter",
    "get_future_day",
    "get_refusal_text",
    "sign_charter_for",
]


def get_future_day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def build_charter_answers() -> dict[str, Any]:
    return {
        "why": "Helplines hear too late what providers change.",
        "basis": "Nobody pays anybody.",
        "deliverables": [{"id": None, "what": "A guide for helplines", "party": None, "on": get_future_day(60)}],
        "outcomes": [
            {
                "id": None,
                "what": "Answers come sooner",
                "indicator": "Hours",
                "unit": "hours",
                "baseline": "0",
                "target": "24",
            }
        ],
    }


def begin_work_with_charter(coalition, first_party, *others, **more) -> JointWork:
    """`first_party` and `others` are pairs of a speaker and their organisation."""
    actor, organisation = first_party
    beginning = WorkSetup(answers=build_charter_answers(), organisations=[other for _person, other in others])
    told = {"title": "A guide together", **more}
    return begin_joint_work(actor=actor, coalition=coalition, beginning=beginning, organisation=organisation, **told)


def create_proposed_charter(coalition, first_party, *others, **more) -> Charter:
    work = begin_work_with_charter(coalition, first_party, *others, **more)
    return propose_charter(actor=first_party[0], work=work)


def sign_charter_for(charter: Charter, speaker, digest: str | None = None):
    person, organisation = speaker
    party = Party.objects.select_related("work__coalition").get(work=charter.work_id, organisation=organisation)
    return sign_charter(actor=person, party=party, digest=charter.digest if digest is None else digest)


def create_work_with_signed_charter(coalition, first_party, *others, **more) -> JointWork:
    """All have signed."""
    charter = create_proposed_charter(coalition, first_party, *others, **more)
    for speaker in (first_party, *others):
        sign_charter_for(charter, speaker)
    work = JointWork.objects.get(pk=charter.work_id)
    work.coalition = coalition
    return work


def get_refusal_text(action, *args, **kwargs) -> str:
    with pytest.raises(ActionRefused) as refused, transaction.atomic():
        action(*args, **kwargs)
    return str(refused.value)
