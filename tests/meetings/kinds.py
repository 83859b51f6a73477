"""Kinds of meetings that the walks have in every label and state. TEXTS: which field holds words of its own."""

from jukwaa.meetings.models import IDEA_RECORD_KIND, KEY_FINDING_RECORD_KIND
from tests.meetings.findings import KeyFindingFactory
from tests.meetings.ideas import IdeaFactory

FACTORY_BY_KIND = {IDEA_RECORD_KIND: IdeaFactory, KEY_FINDING_RECORD_KIND: KeyFindingFactory}
TEXT_FIELD_BY_KIND = {IDEA_RECORD_KIND: "declined_because", KEY_FINDING_RECORD_KIND: "summary"}
