"""Template tags that every page may use (built in: no load needed)."""

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, EmailInput, Textarea, TextInput, URLInput
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from jukwaa.core import list_formatting
from jukwaa.core.bidi import isolate_text_if_rtl, parse_isolating_blocktranslate
from jukwaa.core.dates import (
    PartialDate,
    format_day_range,
    format_long_date,
    format_moment,
    format_month,
    format_short_date,
    format_weekday,
)
from jukwaa.core.prose import render_prose_html
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.core.stylesheets import build_stylesheet

register = template.Library()

register.filter("prose", render_prose_html, is_safe=True)
register.filter("written_shortly", format_short_date)
register.filter("weekday", format_weekday)
register.filter("drop_final_stop", list_formatting.drop_final_stop)
register.filter("isolated", isolate_text_if_rtl)  # in plain text; pages have <bdi>
register.filter("moment", format_moment)
register.simple_tag(list_formatting.get_list_separator, name="between")
register.tag("blocktranslate", parse_isolating_blocktranslate)  # as Django's; names in plain text are isolated
register.simple_tag(reverse_row_url, name="row_url")  # as `url`, for the many rows of a list


@register.simple_tag
def stylesheet() -> str:
    return reverse("core:stylesheet", args=[build_stylesheet().fingerprint])


@register.filter
def day(value: date | datetime | PartialDate | None) -> str:
    """27 November 2009; a time of day where one is known; of a partial date as much as is known."""
    if value is None:
        return _("no date given")
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return _("%(day)s, %(time)s") % {"day": format_long_date(local), "time": time_format(local, "H:i")}
    return format_long_date(value)


@register.filter
def days_until(first_day: date, last_day: date | None) -> str:
    """27-28 November 2009 with an en dash; one day if there is no last one."""
    return format_day_range(first_day, last_day or first_day)


@register.filter
def listed(words: Iterable[object]) -> SafeString:
    """In a sentence, each word apart, so that one in another script doesn't turn those beside it around."""
    return SafeString(list_formatting.format_list_in_sentence(_isolate_list_items(words)))


@register.filter
def in_a_row(words: Iterable[object], mark: str = ",") -> SafeString:
    return SafeString(list_formatting.join_with_separator(_isolate_list_items(words), mark))


def _isolate_list_items(words: Iterable[object]) -> list[SafeString]:
    return [format_html("<bdi>{}</bdi>", word) for word in words]


@register.filter
def may_be_left(field: BoundField) -> bool:
    """Whether a field is marked as optional: not where it depends on what else was chosen."""
    return not field.field.required and field.name not in getattr(field.form, "CONDITIONAL_FIELDS", ())


@register.filter
def month(value: date | PartialDate | None) -> str:
    if isinstance(value, PartialDate):
        return str(value.day.year) if value.precision == "year" else format_month(value.day)
    return format_month(value) if value else _("no date given")


@register.filter
def options(groups: list[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The options of a select, written here: a template takes five times as long, and there are 250 countries."""
    named = any(name for name, _choices, _index in groups)
    if not named:
        return _render_select_options(choice for _name, choices, _index in groups for choice in choices)
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        ((name or "", _render_select_options(choices)) for name, choices, _index in groups),
    )


def _render_select_options(choices: Iterable[dict[str, Any]]) -> SafeString:
    # Built of escaped parts alone; format_html would look at each part of each choice several times.
    # A browser cuts a long option at the end of its own direction.
    direction = ' dir="auto"' if get_language_bidi() else ""
    made = (
        f'<option value="{_escape_attribute_value(choice["value"])}"{" selected" if choice["selected"] else ""}'
        f"{direction}>{_escape_attribute_value(choice['label'])}</option>"
        for choice in choices
    )
    return SafeString("".join(made))


def _escape_attribute_value(shown_value: object) -> str:
    text = str(shown_value)
    return text if isinstance(text, SafeData) else escape(text)


@register.filter
def described_by(field: BoundField) -> str:
    """The ids that a field's `aria-describedby` names: its hint and its error."""
    names = [f"{field.auto_id}_hint"] if field.help_text else []
    return " ".join([*names, f"{field.auto_id}_error"] if field.errors else names)


@register.simple_tag
def list_errors(form: BaseForm) -> list[tuple[str, str, str]]:
    """Return each error with the id of the control to correct and its label; both are empty for the whole form."""
    found = [("", "", str(error)) for error in form.non_field_errors()]
    found += [("", "", str(error)) for field in form.hidden_fields() for error in field.errors]
    return found + [
        (_get_first_control_id(field), str(field.label), str(error))
        for field in form.visible_fields()
        for error in field.errors
    ]


def _get_first_control_id(field: BoundField) -> str:
    """Return the id of a field's control; in a group of radio buttons or checkboxes, of the first one."""
    if field.id_for_label or not field.subwidgets:
        return str(field.id_for_label or field.auto_id)
    return str(field.subwidgets[0].id_for_label or field.auto_id)


@register.simple_tag
def field_with(field: BoundField) -> SafeString:
    """The widget, tied to its hint and its error. What people write runs as its letters do, whatever the page is in."""
    widget = field.field.widget
    is_text = isinstance(widget, TextInput | Textarea) and "dir" not in widget.attrs
    attrs: dict[str, str | bool] = {"dir": "auto"} if is_text else {}
    if isinstance(widget, EmailInput | URLInput):
        attrs["dir"] = "ltr"
    if (described := described_by(field)) and not field.use_fieldset:  # a fieldset names its hint and its error itself
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def label_word(label: str) -> str:
    """The label as the style sheet names it: clear, green, amber, strict, red."""
    return label.removeprefix("TLP:").rpartition("+")[2].lower()
