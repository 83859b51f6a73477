"""Ideas for tests."""

from jukwaa.meetings.models import IDEA_RECORD_KIND, Idea
from tests.factories import RecordFactory


class IdeaFactory(RecordFactory):
    class Meta:
        model = Idea

    kind = IDEA_RECORD_KIND
