"""The kinds of meetings that the world of the walks has in every label and state."""

from jukwaa.meetings.models import IDEA
from tests.meetings.ideas import IdeaFactory

KINDS = {IDEA: IdeaFactory}
