"""A clause that somebody else changed while one wrote: both texts on the page, and saving again saves on top."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from jukwaa.core.http import invalid
from jukwaa.core.overtaken import Overtaken
from jukwaa.core.refusals import EditConflict
from jukwaa.core.safeguards.forms import changed
from jukwaa.drafting.forms.writing import ClauseForm
from jukwaa.drafting.models import Placement


def show_both_texts(
    request: HttpRequest, template: str, conflict: EditConflict, form: ClauseForm, context: dict[str, Any]
) -> HttpResponse:
    """Show the form once more with what was typed, beside how the clause reads now."""
    now: Placement | None = conflict.current
    if now is not None:
        form.data = changed(form.data, "from_digest", now.wording.digest)
    shown = {"form": form, "overtaken": _compare_texts(now, form), "is_gone": now is None}
    return invalid(request, template, context | shown)


def _compare_texts(now: Placement | None, form: ClauseForm) -> list[Overtaken]:
    reads, yours = now.wording.body if now else "", form.cleaned_data["body"]
    if reads == yours:
        return []
    return [Overtaken.of(form.fields["body"].label, reads, yours)]
