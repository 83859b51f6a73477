"""Records that are translations of others, in lists."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from jukwaa.coalitions.models.people import Viewer
from jukwaa.records.models import Link, Record, State

TRANSLATES_RELATION = Link.Relation.TRANSLATES


def filter_preferred_language[R: Record](records: QuerySet[R], viewer: Viewer, language: str) -> QuerySet[R]:
    """Filter for a list: the translation into the language of the reader if there is one, else the original."""
    # A LIKE would make SQLite plan the statement anew each time it is asked.
    theirs = Q(language=language) | Q(Exact(Left("language", len(language) + 1), f"{language}-"))
    readable = Record.objects.visible_to(viewer).filter(state=State.PUBLISHED)
    in_theirs = Link.objects.filter(
        Exists(readable.filter(theirs, pk=OuterRef("from_record"))),
        to_record=OuterRef("pk"),
        relation=TRANSLATES_RELATION,
    )
    originals = readable.exists_for("to_record")
    has_original = Link.objects.filter(originals, from_record=OuterRef("pk"), relation=TRANSLATES_RELATION)
    return records.filter(theirs | ~(Exists(in_theirs) | Exists(has_original)))
