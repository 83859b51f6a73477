"""Kinds of meetings that the walks have in every label and state. TEXTS: which field holds words of its own."""

from jukwaa.meetings.models import IDEA, KEY_FINDING
from tests.meetings.findings import KeyFindingFactory
from tests.meetings.ideas import IdeaFactory

KINDS = {IDEA: IdeaFactory, KEY_FINDING: KeyFindingFactory}
TEXTS = {IDEA: "declined_because", KEY_FINDING: "summary"}
