"""A form that somebody else's change overtook: both texts stand on the page, and saving again saves on top."""

from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet
from django.forms import Field, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from jukwaa.core.diff import diff_html, word_diff
from jukwaa.core.forms import Form
from jukwaa.core.http import page
from jukwaa.core.lists import in_a_row
from jukwaa.core.safeguards.forms import changed

CONFLICT = 409


@dataclass(frozen=True)
class Overtaken:
    """A field that reads differently now than it did in the writer's copy."""

    label: str
    now: str
    yours: str
    difference: SafeString

    @classmethod
    def of(cls, label: object, now: str, yours: str) -> Self:
        return cls(str(label), now, yours, diff_html(word_diff(now, yours)))


def overtaken(
    request: HttpRequest, template: str, form: Form, current: dict[str, Any], context: dict[str, Any]
) -> HttpResponse:
    """The form once more, beside how the record reads now. Saving it again saves it on top of that."""
    fields = [
        _compared(form, name, current[name]) for name in form.cleaned_data if name in current and name != "version"
    ]
    differing = [field for field in fields if field.now != field.yours]
    form.data = changed(form.data, "version", str(current["version"]))
    return page(request, template, {**context, "form": form, "overtaken": differing}, status=CONFLICT)


def _compared(form: Form, name: str, now: Any) -> Overtaken:
    field = form.fields[name]
    return Overtaken.of(field.label, _in_words(field, now), _in_words(field, form.cleaned_data[name]))


def _in_words(field: Field, value: Any) -> str:
    """As the form shows it: choices by their labels, several of them in a row."""
    if isinstance(value, list | tuple | QuerySet):
        return in_a_row(_in_words(field, each) for each in value)
    words = dict(getattr(field, "choices", [])) if not isinstance(field, ModelChoiceField) else {}
    return str(words.get(value, value or ""))
