"""The demo has a call that is open."""

from django.utils import timezone

from jukwaa.proposals.call import Phase, get_phase
from jukwaa.proposals.catalogue import get_entries
from jukwaa.proposals.demo import add_call
from jukwaa.records.demo_parts import Demo


def test_demo_has_an_open_call_whose_deadline_was_moved(coalition, coordinator):
    add_call(Demo(coalition, {"coordinator": coordinator}, {}, print))
    call = get_entries(coalition)["forum-of-the-demo-coming-year-workshop"].call

    assert get_phase(call, timezone.now()) is Phase.OPEN
    assert len(call.deadlines) == 2
