"""Areas of work in one cell: a comma separates them, unless it belongs to the name of an area."""

import re
from collections.abc import Iterable

from jukwaa.coalitions.imports.vocabulary import split_list_items
from jukwaa.places.text_folding import fold_text

_LAST_PART_PATTERN = re.compile(r"\s(?:and|et|y|e|und|o|ou|or)\s", re.IGNORECASE)


def split_area_names(text: str) -> list[str]:
    """As `split_list_items`, but "Parents, carers and schools" is one area.

    After a comma, an item in small letters with an "and" ends an area that begins with a capital letter.
    """
    if re.search(r"[;\n|]", text):
        return split_list_items(text)
    areas: list[str] = []
    for item in split_list_items(text):
        start = _find_start_of_area(areas) if item[:1].islower() and _LAST_PART_PATTERN.search(item) else None
        if start is None:
            areas.append(item)
        else:
            areas[start:] = [", ".join([*areas[start:], item])]
    return areas


def _find_start_of_area(items: list[str]) -> int | None:
    """The place of the last item with a capital letter: those after it are parts of the same area."""
    return next((place for place in reversed(range(len(items))) if items[place][:1].isupper()), None)


def separate_known_areas(text: str, area_names: Iterable[str]) -> str:
    """Put semicolons around areas of the coalition that have a comma in their names; other text stays as it is."""
    known = {fold_text(name): name.count(",") for name in area_names if "," in name}
    if not known or "," not in text or re.search(r"[;\n|]", text):
        return text
    parts = [part.strip() for part in text.split(",")]
    items, has_known = [], False
    while parts:
        size = next(
            (size for size in range(len(parts), 1, -1) if known.get(_join_and_fold_parts(parts[:size])) == size - 1), 1
        )
        has_known = has_known or size > 1
        items.append((", ".join(parts[:size]), size > 1))
        parts = parts[size:]
    return _merge_unknown_area_items(items) if has_known else text


def _join_and_fold_parts(parts: list[str]) -> str:
    return fold_text(", ".join(parts))


def _merge_unknown_area_items(items: list[tuple[str, bool]]) -> str:
    """Unknown items between known ones may be parts of one area, so they are read as any list is."""
    names: list[str] = []
    unknown: list[str] = []
    for text, is_known in [*items, ("", True)]:
        if not is_known:
            unknown.append(text)
            continue
        names += split_area_names(", ".join(unknown))
        unknown = []
        names += [text] if text else []
    return "; ".join(names) if len(names) > 1 else f"{names[0]};"
