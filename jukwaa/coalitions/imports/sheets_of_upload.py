"""Sheets of one file that are imported one after the other: each is an import, and they have the same time."""

from django.db.models import QuerySet

from jukwaa.coalitions.imports.decisions import DATE_ORDER_KEY, OTHER_TEXTS, Decisions
from jukwaa.coalitions.models import Import
from jukwaa.places.text_folding import fold_text


def find_next_sheet(spreadsheet_import: Import) -> Import | None:
    """The first of the other sheets of the same upload that has not been imported."""
    others = _get_other_sheets(spreadsheet_import).exclude(state=Import.State.ENTERED).defer("table")
    return others.order_by("pk").first()


def get_suggested_mapping(spreadsheet_import: Import) -> tuple[list[str], set[int]]:
    """The field of each column, as chosen for the same heading in another sheet, or as guessed.

    Also the places of the columns that were chosen there.
    """
    if spreadsheet_import.state != Import.State.COLUMNS:
        return spreadsheet_import.mapping, set()
    chosen: dict[str, str] = {}
    for other in _get_matched_sheets(spreadsheet_import):
        chosen |= zip(map(fold_text, other.table[0]), other.mapping, strict=False)
    headings = [fold_text(heading) for heading in spreadsheet_import.table[0]]
    places = {place for place, heading in enumerate(headings) if heading in chosen and headings.index(heading) == place}
    taken = {chosen[headings[place]] for place in places}
    mapping = [
        chosen[headings[place]] if place in places else ("" if field in taken else field)
        for place, field in enumerate(spreadsheet_import.mapping)
    ]
    return mapping, places


def find_answers_in_other_sheets(spreadsheet_import: Import, column_mapping: list[str]) -> dict[str, dict[str, str]]:
    """What the same words mean in the same fields of other sheets.

    The order of dates may differ between sheets, and "ok" may mean member in one and observer in another.
    """
    found: dict[str, dict[str, str]] = {}
    for other in _get_matched_sheets(spreadsheet_import):
        decisions: Decisions = other.decisions
        for field in ({*column_mapping} & {*decisions}) - {"standing"}:
            meanings = {
                key: value for key, value in decisions[field].items() if key not in {DATE_ORDER_KEY, OTHER_TEXTS}
            }
            found.setdefault(field, {}).update(meanings)
    return found


def _get_matched_sheets(spreadsheet_import: Import) -> QuerySet[Import]:
    others = _get_other_sheets(spreadsheet_import).filter(of=spreadsheet_import.of)
    return others.exclude(state=Import.State.COLUMNS).exclude(table=[]).order_by("pk")


def _get_other_sheets(spreadsheet_import: Import) -> QuerySet[Import]:
    same = Import.objects.filter(
        coalition=spreadsheet_import.coalition_id, at=spreadsheet_import.at, file_name=spreadsheet_import.file_name
    )
    return same.exclude(pk=spreadsheet_import.pk)
