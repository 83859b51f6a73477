"""Sentences of the preview about rows that are ready."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.fields import UNSCREENED_IMPORT_FIELDS
from jukwaa.coalitions.imports.row_parsing import Cells, MemberRow
from jukwaa.coalitions.imports.vocabulary import RowStanding
from jukwaa.coalitions.screening import find_organisation_name_hits
from jukwaa.places.text_folding import fold_text


def describe_identifying_words(cells_by_field: Cells) -> list[str]:
    """A sentence on each word by which a person could be found: the coordinator decides whether it is imported."""
    return [
        _("“%(text)s” looks like %(what)s. %(why)s %(instead)s")
        % {"text": text[hit.start : hit.end], "what": hit.what, "why": hit.why, "instead": hit.instead}
        for name, text in cells_by_field.items()
        if name not in UNSCREENED_IMPORT_FIELDS
        for hit in find_organisation_name_hits(name, text)
    ]


def describe_skipped_subscriber(*, is_listed: bool) -> list[str]:
    """What skipping the row does not change."""
    if not is_listed:
        return []
    return [_("This person is already on the mailing list. To stop their emails, remove them from the list.")]


def describe_standing(
    member_row: MemberRow, organisation_id: int | None, member_ids: Collection[int], observer_ids: Collection[int]
) -> list[str]:
    """What the directory has stays: say so where the row says something else."""
    if member_row.stands == RowStanding.MEMBER and organisation_id in observer_ids:
        return [
            _(
                "This organisation is an observer and will remain an observer. To change this, add a membership"
                " on its page."
            )
        ]
    if member_row.stands in {RowStanding.OBSERVER, RowStanding.KNOWN} and organisation_id in member_ids:
        return [
            _("This organisation is a member and will remain a member. To change this, end the membership on its page.")
        ]
    return []


def describe_new_areas(area_names: Iterable[str], known_areas: Collection[str]) -> list[str]:
    """`known_areas` are folded names."""
    new = [area for area in area_names if fold_text(area) not in known_areas]
    return [_("“%(area)s” will be added to the coalition's areas of work.") % {"area": area} for area in new]
