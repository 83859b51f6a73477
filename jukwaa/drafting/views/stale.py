"""A clause that somebody else changed while one wrote: both texts on the page, and saving again saves on top."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from jukwaa.core.diff import diff_html, word_diff
from jukwaa.core.http import invalid
from jukwaa.core.overtaken import Overtaken
from jukwaa.core.safeguards.forms import changed
from jukwaa.drafting.actions import StaleClause
from jukwaa.drafting.forms.writing import ClauseForm
from jukwaa.drafting.models import Placement


def stale(
    request: HttpRequest, template: str, refused: StaleClause, form: ClauseForm, context: dict[str, Any]
) -> HttpResponse:
    """The form once more with what was typed, beside how the clause reads now."""
    now = refused.current
    if now is not None:
        form.data = changed(form.data, "from_digest", now.wording.digest)
    return invalid(request, template, context | {"overtaken": _compared(now, form), "is_gone": now is None})


def differing(now: Placement, form: ClauseForm) -> bool:
    return (now.wording.body, now.kind, now.level) != tuple(form.what().values())


def _compared(now: Placement | None, form: ClauseForm) -> list[Overtaken]:
    reads, yours = now.wording.body if now else "", form.cleaned_data["body"]
    if reads == yours:
        return []
    return [Overtaken(str(form.fields["body"].label), reads, yours, diff_html(word_diff(reads, yours)))]
