"""Small things of the pages of joint work."""

from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.utils.dateparse import parse_date
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from jukwaa.core.dates import format_long_date

register = template.Library()


@register.filter
def plain_number(value: Decimal) -> str:
    """120; 12.5, as the language of the page writes it."""
    return number_format(f"{value.normalize():f}" if value else "0", use_l10n=True, force_grouping=True)


@register.filter
def iso_day(value: str) -> str:
    day = parse_date(value)
    return format_long_date(day) if day else value


@register.filter
def named_in(pk: int | None, names: Mapping[int, str]) -> str:
    """The party of this number, or all of them."""
    return names.get(pk or 0) or _("all parties together")
