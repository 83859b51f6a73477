"""How the cells of an Excel file look where that means something: struck through, or on a background of their own."""

import colorsys
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

SPREADSHEET_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MAX_LEGEND_CELLS = 60  # cells with a colour that their row does not have: enough for a legend
MAX_ROWS = 20_000  # more are not imported
MIN_SATURATION = 0.12  # below, a colour is a grey
MIN_WHITE_LIGHTNESS = 0.97
HUES = ((18, "red"), (42, "orange"), (70, "yellow"), (165, "green"), (255, "blue"), (290, "purple"), (340, "pink"))
INDEXED_COLOURS = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")  # twice, then others
# The order in which cells count the colours of a theme differs from the order in which the theme lists them.
THEME_PARTS = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")


@dataclass(frozen=True)
class WorkbookStyles:
    """The numbers of the cell styles that are struck through, and the colours of those with a background."""

    struck: frozenset[int] = frozenset()
    colours: dict[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.struck or self.colours)


def read_workbook_styles(workbook_archive: zipfile.ZipFile) -> WorkbookStyles:
    try:
        styles = parse_xml_part(workbook_archive.read("xl/styles.xml"))
    except KeyError:
        return WorkbookStyles()
    fonts = [
        is_struck_through(font) for font in styles.iterfind(f"{_build_tag_name('fonts')}/{_build_tag_name('font')}")
    ]
    theme = _read_theme_colours(workbook_archive)
    fills = [
        _read_fill_colour(fill, theme)
        for fill in styles.iterfind(f"{_build_tag_name('fills')}/{_build_tag_name('fill')}")
    ]
    formats = list(styles.iterfind(f"{_build_tag_name('cellXfs')}/{_build_tag_name('xf')}"))
    return WorkbookStyles(
        frozenset(number for number, each in enumerate(formats) if _get_item_or_none(fonts, each.get("fontId"))),
        {number: name for number, each in enumerate(formats) if (name := _get_item_or_none(fills, each.get("fillId")))},
    )


def read_row_formatting(workbook_archive: zipfile.ZipFile, part_name: str, styles: WorkbookStyles) -> dict[str, Any]:
    """`struck` has the numbers of rows, `colours` the rows of each colour, `legend` single cells: row, column, colour.

    A row is struck through, or has a colour, if most of its filled cells are or have.
    """
    found: dict[str, Any] = {"struck": [], "colours": {}, "legend": []}
    if not styles:
        return found
    with workbook_archive.open(part_name) as stream:
        rows = etree.iterparse(
            stream, events=("end",), tag=_build_tag_name("row"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for number, (_event, row) in enumerate(rows, start=1):
            _record_row_formatting(found, int(row.get("r") or number), row, styles)
            if number > MAX_ROWS:
                break
            row.clear()
            while row.getprevious() is not None:  # else the rows that were read fill the memory
                del row.getparent()[0]
    return found


def parse_xml_part(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _record_row_formatting(found: dict[str, Any], number: int, row: Any, styles: WorkbookStyles) -> None:
    cells = [
        (parse_column_index(cell.get("r") or "", place), int(cell.get("s") or 0))
        for place, cell in enumerate(row.iterfind(_build_tag_name("c")))
        if "".join(cell.itertext()).strip()
    ]
    if cells and 2 * sum(style in styles.struck for _column, style in cells) > len(cells):
        found["struck"].append(number)
    coloured = [(column, styles.colours[style]) for column, style in cells if style in styles.colours]
    if not coloured:
        return
    colour, count = Counter(colour for _column, colour in coloured).most_common(1)[0]
    if 2 * count > len(cells):
        found["colours"].setdefault(colour, []).append(number)
    if len(found["legend"]) < MAX_LEGEND_CELLS and (2 * count <= len(cells) or len(cells) == 1):
        found["legend"].extend([number, column, colour] for column, colour in coloured)


def parse_column_index(reference: str, place: int) -> int:
    """The place of the column of "C7": 2."""
    letters = [letter for letter in reference if letter.isalpha()]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter.upper()) - ord("A") + 1
    return column - 1 if letters else place


def is_struck_through(font: Any) -> bool:
    strike = font.find(_build_tag_name("strike"))
    return strike is not None and strike.get("val", "1") not in {"0", "false"}


def _read_fill_colour(fill: Any, theme: list[str]) -> str:
    """The name of its colour; nothing for no fill, white and patterns."""
    pattern = fill.find(_build_tag_name("patternFill"))
    colour = (
        pattern.find(_build_tag_name("fgColor"))
        if pattern is not None and pattern.get("patternType") == "solid"
        else None
    )
    if colour is None:
        return ""
    if (number := colour.get("theme")) is not None:
        if number == "0" and float(colour.get("tint") or 0) < 0:
            return "grey"
        return _get_colour_name(_get_item_or_none(theme, number) or "")
    if (number := colour.get("indexed")) is not None:
        return _get_colour_name(_get_item_or_none([*INDEXED_COLOURS, *INDEXED_COLOURS], number) or "")
    return _get_colour_name((colour.get("rgb") or "")[-6:])


def _read_theme_colours(workbook_archive: zipfile.ZipFile) -> list[str]:
    try:
        theme = parse_xml_part(workbook_archive.read("xl/theme/theme1.xml"))
    except KeyError:
        return []
    found = {}
    for scheme in theme.iter("{*}clrScheme"):
        for part in scheme:
            values = [child.get("lastClr") or child.get("val") or "" for child in part]
            found[etree.QName(part).localname] = "".join(values[:1])
    return [found.get(name, "") for name in THEME_PARTS]


def _get_colour_name(code: str) -> str:
    """As people call it: BDD7EE is blue. Nothing for white, and for what is no colour."""
    try:
        red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (0, 2, 4))
    except ValueError:
        return ""
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if max(red, green, blue) - min(red, green, blue) < MIN_SATURATION / 2 or saturation < MIN_SATURATION:
        return "" if lightness >= MIN_WHITE_LIGHTNESS else "grey"
    return next((name for limit, name in HUES if hue * 360 < limit), "red")


def _get_item_or_none[Item](items: list[Item], number: str | None) -> Item | None:
    place = int(number or 0)
    return items[place] if place < len(items) else None


def _build_tag_name(name: str) -> str:
    return f"{SPREADSHEET_NAMESPACE}{name}"
