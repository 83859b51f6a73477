"""What the front page of a coalition shows: what is new, what was agreed, who is in it."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.representation import Count, Representation
from jukwaa.core.dates import written
from jukwaa.library.languages import each_once
from jukwaa.meetings.models import EntryKind
from jukwaa.records.models import Record
from jukwaa.updates.following import published_after, seen_until

NEW = 8


def new_records(coalition: Coalition, viewer: Viewer, language: str) -> QuerySet[Record]:
    """Minutes stand on the page of their meeting, which alone is named; of translations, the one that is read."""
    visible = Record.objects.visible_to(viewer).of(coalition)
    return each_once(visible.published().exclude(kind__in=EntryKind.values), viewer, language)[:NEW]


def newness(new: list[Record], coalition: Coalition, viewer: Viewer) -> str:
    """How many of them were published since this person last said that they have seen what is new."""
    if not viewer.is_authenticated:
        return ""
    since, is_said = seen_until(viewer, coalition)
    number = sum(published_after(record, since) for record in new)
    said = {"number": number, "day": written(timezone.localdate(since))}
    if not number:
        return _("None of these is new to you.")
    if not is_said:
        return (
            ngettext(
                "One of these is of the last seven days.", "%(number)s of these are of the last seven days.", number
            )
            % said
        )
    return (
        ngettext(
            "One of these is new since you were here on %(day)s.",
            "%(number)s of these are new since you were here on %(day)s.",
            number,
        )
        % said
    )


def by_region(shown: Representation) -> list[Count]:
    """Largest first, those without a member last."""
    return sorted(shown.by_region, key=lambda row: -row.number)
