"""The directory as a file: organisations for everybody, people for members alone; and how every table is written.

Whatever leaves as CSV or as a workbook is written here, so that no cell of it can start a formula.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.directory import (
    DirectoryFilters,
    find_organisations,
    get_visible_people,
    prefetch_current_participations,
)
from jukwaa.coalitions.display_names import get_public_name
from jukwaa.coalitions.models import Coalition, ListEntry, Membership, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import PartialDate
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
        _("Member until"),
        _("Membership status"),
    ]
    ended = Membership.objects.ever_belonged().filter(organisation=OuterRef("pk"), coalition=OuterRef("coalition"))
    last = ended.order_by(F("ends_on").desc(nulls_last=True))
    for organisation in find_organisations(viewer_standing, DirectoryFilters()).annotate(
        member_until=Subquery(last.values("ends_on")[:1]),
        member_until_precision=Subquery(last.values("ends_precision")[:1]),
    ):
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
        _format_membership_end_date(organisation),
        get_standing_label(organisation),
    ]


def _format_membership_end_date(organisation: Organisation) -> str:
    """The last day of a former member, as far as it is known; of one that was read with `member_until`."""
    last_day = getattr(organisation, "member_until", None)
    if last_day is None or getattr(organisation, "is_member", False):
        return ""
    return PartialDate(last_day, getattr(organisation, "member_until_precision", "day")).isoformat()


def get_standing_label(organisation: Organisation) -> str:
    """A word for what an organisation is here, of one that was read `with_standing`."""
    if getattr(organisation, "is_member", False):
        return _("member")
    if getattr(organisation, "was_member", False) and not getattr(organisation, "observes", False):
        return _("former member")
    return _("observer") if getattr(organisation, "observes", False) else _("not a member")


def build_people_rows(viewer_standing: Standing) -> Iterator[Row]:
    """Names and what they are here. Addresses and telephone numbers are for those whose pages show them."""
    shows_contacts = viewer_standing.is_coordinator
    heads = [_("Name"), _("Organisation"), pgettext("job", "Position"), _("May represent the organisation"), _("Roles")]
    yield [*heads, *([_("Email address"), _("Phone number")] if shows_contacts else [])]
    former = set(_find_former_member_ids(viewer_standing.coalition))
    on_list = set(_find_mailing_list_member_ids(viewer_standing.coalition)) if shows_contacts else set()
    adults = get_visible_people(viewer_standing).filter(is_minor=False).order_by("name", "pk")
    for person in prefetch_current_participations(adults, viewer_standing.coalition):
        roles = "; ".join(role.get_kind_display() for role in person.roles_now)
        confirmed = [tie for tie in person.affiliations_now if tie.confirmed_on]
        name = get_public_name(person, viewer_standing)
        is_address_shown = person.last_login is None or person.pk in on_list
        address = [person.email or "" if is_address_shown else ""] if shows_contacts else []
        for tie in confirmed:
            is_speaker = tie.may_speak and tie.organisation_id not in former
            speaks = pgettext("may represent", "yes") if is_speaker else ""
            phone = [tie.phone] if shows_contacts else []
            yield [name, tie.organisation.name, tie.position, speaks, roles, *address, *phone]
        if not confirmed and (roles or person.memberships_now):
            yield [name, "", "", "", roles, *address, *([""] if shows_contacts else [])]


def _find_former_member_ids(coalition: Coalition) -> Iterable[int]:
    """Organisations that are neither members nor observers any more: nobody represents them here."""
    former = Organisation.objects.of(coalition).with_standing().filter(Q(was_member=True), Q(observes=False))
    return former.values_list("pk", flat=True)


def _find_mailing_list_member_ids(coalition: Coalition) -> Iterable[int]:
    """People whose address coordinators read on the page of the mailing list."""
    return ListEntry.objects.filter(coalition=coalition, ends_on__isnull=True).values_list("person", flat=True)


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
