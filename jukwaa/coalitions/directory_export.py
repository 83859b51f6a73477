"""The directory as a file: organisations for everybody, people for members alone; and how every table is written.

Whatever leaves as CSV or as a workbook is written here, so that no cell of it can start a formula.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.directory import DirectoryFilters, find_organisations, get_visible_people, prefetch_current_ties
from jukwaa.coalitions.display_names import get_public_name
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

type Row = list[str]

# As OWASP lists them (CSV Injection), with the wide forms that spreadsheets in East Asian languages take for the same.
FORMULA_CELL_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def escape_formula(cell_value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula; a number stays a number, be it below zero."""
    text = str(cell_value)
    is_number = isinstance(cell_value, int | float)
    return f"'{text}" if text.startswith(FORMULA_CELL_PREFIXES) and not is_number else text


def write_csv_rows(
    target_file: "SupportsWrite[str]", export_rows: Iterable[Sequence[object]], *, quotes_all_cells: bool = False
) -> None:
    """Write rows as CSV to a file or a response."""
    quoting: Literal[0, 1] = csv.QUOTE_ALL if quotes_all_cells else csv.QUOTE_MINIMAL
    csv.writer(target_file, quoting=quoting).writerows([escape_formula(cell) for cell in row] for row in export_rows)


def build_organisation_rows(viewer_standing: Standing) -> Iterator[Row]:
    yield [
        _("Organisation"),
        _("Acronym"),
        _("Country"),
        _("Regional group"),
        _("Stakeholder group"),
        _("Areas of work"),
        _("Languages"),
        _("Website"),
        _("Member or observer since"),
        _("Membership status"),
    ]
    for organisation in find_organisations(viewer_standing, DirectoryFilters()):
        yield _build_organisation_row(organisation)


def _build_organisation_row(organisation: Organisation) -> Row:
    known = organisation.country in COUNTRIES_BY_CODE
    return [
        organisation.name,
        organisation.acronym,
        get_country_name(organisation.country, get_language() or "en") if known else "",
        organisation.get_regional_group_display(),
        organisation.get_stakeholder_group_display(),
        "; ".join(area.name for area in organisation.areas.all()),
        "; ".join(organisation.languages),
        organisation.website,
        organisation.known_since.isoformat() if organisation.known_since else "",
        get_standing_label(organisation),
    ]


def get_standing_label(organisation: Organisation) -> str:
    """A word for what an organisation is here, of one that was read `with_standing`."""
    if getattr(organisation, "is_member", False):
        return _("member")
    if getattr(organisation, "was_member", False) and not getattr(organisation, "observes", False):
        return _("former member")
    return _("observer") if getattr(organisation, "is_observer", False) else _("not a member")


def build_people_rows(viewer_standing: Standing) -> Iterator[Row]:
    """Names and what they are here; no mail addresses, which are nobody's to hand on."""
    yield [_("Name"), _("Organisation"), pgettext("job", "Position"), _("May represent the organisation"), _("Roles")]
    adults = get_visible_people(viewer_standing).filter(is_minor=False).order_by("name", "pk")
    for person in prefetch_current_ties(adults, viewer_standing.coalition):
        roles = "; ".join(role.get_kind_display() for role in person.roles_now)
        confirmed = [tie for tie in person.affiliations_now if tie.confirmed_on]
        name = get_public_name(person, viewer_standing)
        for tie in confirmed:
            speaks = pgettext("may represent", "yes") if tie.may_speak else ""
            yield [name, tie.organisation.name, tie.position, speaks, roles]
        if not confirmed and (roles or person.memberships_now):
            yield [name, "", "", "", roles]


def render_csv_bytes(export_rows: Iterable[Row]) -> bytes:
    """With the mark by which spreadsheets know that it is UTF-8."""
    text = io.StringIO()
    write_csv_rows(text, export_rows, quotes_all_cells=True)
    return ("\ufeff" + text.getvalue()).encode()


def render_xlsx_bytes(sheets: dict[str, Iterable[Row]], *, header_rows: int = 1) -> bytes:
    """Each sheet begins with `heads` rows that stay in sight."""
    import xlsxwriter  # noqa: PLC0415 - it takes 16 MB in each process that loads it, and few of them ever need it

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        head = book.add_format({"bold": True})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title[:31])
            sheet.freeze_panes(header_rows, 0)
            sheet.set_column(0, 9, 24)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, escape_formula(cell), head if number < header_rows else None)
    return target.getvalue()
