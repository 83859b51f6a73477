"""Kinds of meetings that the walks have in every label and state. TEXTS: which field holds words of its own."""

from jukwaa.meetings.models import IDEA_KIND, KEY_FINDING_KIND
from tests.meetings.findings import KeyFindingFactory
from tests.meetings.ideas import IdeaFactory

KINDS = {IDEA_KIND: IdeaFactory, KEY_FINDING_KIND: KeyFindingFactory}
TEXTS = {IDEA_KIND: "declined_because", KEY_FINDING_KIND: "summary"}
