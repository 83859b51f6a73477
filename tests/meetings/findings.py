"""Key findings for tests."""

from jukwaa.meetings.models import KEY_FINDING_RECORD_KIND, KeyFinding
from tests.factories import RecordFactory


class KeyFindingFactory(RecordFactory):
    class Meta:
        model = KeyFinding

    kind = KEY_FINDING_RECORD_KIND
    year = 2026
