"""Adding several agenda items at once, from text that somebody pastes."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.meetings.actions.agenda import add_pasted_items
from jukwaa.meetings.forms_agenda_pasting import PastedAgendaForm
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.views.agenda import describe_added_items, get_agenda_url, get_editable_meeting

PASTE_TEMPLATE = "meetings/agenda_paste.html"


@require_http_methods(["GET", "POST"])
def agenda_paste(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Show the items of the text, then add them. A text that was changed since is shown again."""
    meeting = get_editable_meeting(request, coalition, pk)
    form = PastedAgendaForm(get_form_data(request), meeting=meeting)
    return form_view(
        request,
        form,
        template=PASTE_TEMPLATE,
        context=_build_paste_context(meeting),
        confirm=lambda: (
            render_page(request, PASTE_TEMPLATE, {**_build_paste_context(meeting), "form": form})
            if form.needs_preview()
            else None
        ),
        action=lambda: add_pasted_items(actor=request.user, meeting=meeting, pasted_items=form.pasted_items),
        success_message=describe_added_items,
        redirect_to=get_agenda_url(meeting),
    )


def _build_paste_context(meeting: Meeting) -> dict[str, object]:
    return {"meeting": meeting, "back": get_agenda_url(meeting)}
