"""Kinds of meetings that the walks have in every label and state. TEXTS: which field holds words of its own."""

from jukwaa.meetings.models import IDEA
from tests.meetings.ideas import IdeaFactory

KINDS = {IDEA: IdeaFactory}
TEXTS = {IDEA: "declined_because"}
