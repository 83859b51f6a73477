"""What a person wrote, beside what somebody else saved first: one page for all forms. Saving again saves on top."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

from django.db.models import Model, QuerySet
from django.forms import BooleanField, ChoiceField, Field, ModelChoiceField
from django.http import HttpRequest
from django.utils.choices import flatten_choices
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jukwaa.core.diff import compare_words, render_changes
from jukwaa.core.forms import Form
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.safeguards.forms import copy_form_data_with_value

HTTP_CONFLICT_STATUS = 409
EDIT_CONFLICT_TEMPLATE = "edit_conflict.html"


@dataclass(frozen=True)
class FieldDifference:
    """A field that reads differently now than in the form that was sent."""

    label: str
    now: str
    yours: str
    changes: SafeString

    @classmethod
    def of(cls, label: object, current_value: str, your_text: str) -> Self:
        return cls(str(label), current_value, your_text, render_changes(compare_words(current_value, your_text)))


def compare_form_fields(form: Form, current_values: Mapping[str, Any]) -> list[FieldDifference] | None:
    """Return the fields that differ from `current_values` (field to value), or None if it has no field that is shown.

    `current_values` may also hold a `Difference`, for what is no single field.
    """
    shown = [name for name in form.cleaned_data if name in current_values and not form[name].is_hidden]
    given = [value for value in current_values.values() if isinstance(value, FieldDifference)]
    compared = [*given, *(_compare_form_field(form, name, current_values[name]) for name in shown)]
    return [each for each in compared if each.now != each.yours] if compared else None


def update_hidden_fields(form: Form, current_values: Mapping[str, Any]) -> None:
    """Let the form start from the current version: its hidden fields say which one its writer has seen."""
    for name in current_values:
        if name in form.fields and form[name].is_hidden:
            form.data = copy_form_data_with_value(form.data, form.add_prefix(name), str(current_values[name]))


def get_extra_post_values(request: HttpRequest, form: Form) -> list[tuple[str, str]]:
    """Return what was posted beside the fields of the form, such as the address to go back to."""
    own = {"csrfmiddlewaretoken", *map(form.add_prefix, form.fields)}
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]


def _compare_form_field(form: Form, field_name: str, current_value: Any) -> FieldDifference:
    field = form.fields[field_name]
    return FieldDifference.of(
        field.label,
        _format_field_value(field, current_value),
        _format_field_value(field, form.cleaned_data[field_name]),
    )


def _format_field_value(field: Field, field_value: Any) -> str:
    """As the form shows it: choices by their labels, several of them in a row."""
    if isinstance(field_value, list | tuple | QuerySet):
        return join_with_separator(sorted(_format_field_value(field, each) for each in field_value))
    if isinstance(field, ModelChoiceField):
        rows = cast("QuerySet[Model]", field.queryset)
        found = (
            field_value if isinstance(field_value, Model) or not field_value else rows.filter(pk=field_value).first()
        )
        return field.label_from_instance(found) if found else ""
    if isinstance(field, BooleanField):
        return _("Yes") if field_value else _("No")
    if isinstance(field, ChoiceField):
        choices = cast("list[tuple[Any, Any]]", flatten_choices(cast("Any", field.choices)))
        labels = {str(key): str(label) for key, label in choices if key not in ("", None)}
        return labels.get(str(field_value), "" if field_value is None else str(field_value))
    return "\n".join(
        str("" if field_value is None else field_value).splitlines()
    )  # browsers end lines in their own way
