"""The last page before the record: what will be written, and the button that writes it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.public_names import NamingWords, PublicNames
from jukwaa.coalitions.views.public_names import build_names_context, confirm_public_names
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_invalid_form
from jukwaa.core.row_numbers import parse_row_number
from jukwaa.core.safeguards.screen import screen_text_for_signs
from jukwaa.intake import actions
from jukwaa.intake.actions import MAX_EXAMPLES, ReadingEntryResult, find_similar_of_examples
from jukwaa.intake.entry_plan import (
    EntryPlan,
    PlannedItem,
    build_entry_plan,
)
from jukwaa.intake.handles import is_mention
from jukwaa.intake.incomplete_entries import list_incomplete_items
from jukwaa.intake.models import Reading
from jukwaa.intake.namesake_meetings import choose_likely_meeting, find_namesake_meetings
from jukwaa.intake.shown_continuations import list_continuation_keys
from jukwaa.intake.source_readers import (
    describe_closure,
    describe_document_readers,
    describe_hidden_names,
    list_check_sentences,
)
from jukwaa.intake.views.shortcuts import get_int_param, get_reading_or_404, parse_numbers
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.public_names import will_everyone_read_entries
from jukwaa.records.models import Document, Label

READING_ENTER_TEMPLATE = "intake/reading_enter.html"
NEW_MEETING_CHOICE_VALUE = "new"


@require_http_methods(["GET", "POST"])
def reading_enter(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    if not request.standing.is_rapporteur:
        raise PermissionDenied(_("Only the rapporteur, an editor or a coordinator can add a report to the record."))
    if reading.document is None:
        return redirect(reading)
    return form_view(
        request,
        template=READING_ENTER_TEMPLATE,
        context=lambda: _build_entry_context(request, reading),
        confirm=lambda: _confirm_names(request, reading),
        action=lambda: _enter_reading_and_refresh(request, reading),
        on_refusal=lambda refusal: render_invalid_form(
            request, READING_ENTER_TEMPLATE, {**_build_entry_context(request, reading), "problem": str(refusal)}
        ),
        success_message=_format_entry_result,
        redirect_to=lambda entered: entered.meeting,
    )


def _confirm_names(request: MemberRequest, reading: Reading) -> HttpResponse | None:
    """Show the page once more if it did not show these names, because the suggestions have changed since."""
    there = find_namesake_meetings(reading, request.user)
    plan = _build_plan(request, reading, _get_target_meeting(request, reading, there))
    found = _find_names_in_plan(plan)
    return confirm_public_names(
        request, found, template=READING_ENTER_TEMPLATE, context=_build_entry_context(request, reading) if found else {}
    )


def _enter_reading_and_refresh(request: MemberRequest, reading: Reading) -> ReadingEntryResult:
    return actions.enter_reading(
        actor=request.user,
        reading=reading,
        new_member_names=request.POST.getlist("new_member"),
        target_meeting=_get_chosen_meeting(request, find_namesake_meetings(reading, request.user)),
        as_new_meeting=request.POST.get("into") == NEW_MEETING_CHOICE_VALUE,
        separate_ids=_get_separate_ids(request),
        shown_continuations=request.POST.getlist("shown"),
    )


def _build_plan(request: MemberRequest, reading: Reading, meeting: Meeting | None) -> EntryPlan:
    return build_entry_plan(
        reading, viewer=request.user, target_meeting=meeting, separate_ids=_get_separate_ids(request)
    )


def _get_separate_ids(request: MemberRequest) -> set[int]:
    """Return the suggestions that become commitments of their own, although they continue an earlier one.

    Names that are matched lead back to the page with what was selected on it.
    """
    chosen = request.POST if request.method == "POST" else request.GET
    return {parse_row_number(pk) for pk in chosen.getlist("separate")}


def _build_entry_context(request: MemberRequest, reading: Reading) -> dict[str, object]:
    """The page shows what one press writes: into the meeting of the same name, unless a new one is asked for."""
    there = find_namesake_meetings(reading, request.user)
    into = _get_target_meeting(request, reading, there)
    plan = _build_plan(request, reading, into)
    example_ids = parse_numbers(request.GET.get("similar", ""))[:MAX_EXAMPLES]
    return {
        "reading": reading,
        "plan": plan,
        "shown_continuations": list_continuation_keys(plan),
        "incomplete_items": list_incomplete_items(plan),
        "names_of_attendees": [voice.name for item in plan.attendance_items for voice in item.voices],
        "source_readers": describe_document_readers(reading.document) if reading.document else "",
        "closure": describe_closure(reading),
        "check_sentences": list_check_sentences(reading.document) if reading.document else [],
        "hidden_names": _describe_names_for_everyone(reading.document),
        "namesakes": there,
        "into": into,
        "may_enrol": request.standing.is_coordinator,
        "warnings": list(_find_plan_warnings(plan)),
        "examples": ",".join(map(str, example_ids)),
        "similar_sentences": find_similar_of_examples(reading, request.user, example_ids) if example_ids else [],
        **build_names_context(_find_names_in_plan(plan)),
    }


def _get_target_meeting(request: MemberRequest, reading: Reading, meetings_that_day: list[Meeting]) -> Meeting | None:
    """Return the meeting that was chosen, or the likely one unless a new one was asked for."""
    if (request.POST.get("into") or request.GET.get("into")) == NEW_MEETING_CHOICE_VALUE:
        return None
    return _get_chosen_meeting(request, meetings_that_day) or choose_likely_meeting(reading, meetings_that_day)


def _find_names_in_plan(plan: EntryPlan) -> list[NamingWords]:
    """Return what everyone will read in the minutes that names people: the title of a new meeting, and sentences."""
    reading, meeting = plan.reading, plan.meeting
    is_public = will_everyone_read_entries(meeting) if meeting is not None else plan.is_for_everyone
    if not is_public or plan.is_empty:
        return []
    public_names = PublicNames(reading.coalition)
    found = []
    title = f"{reading.meeting_title}\n{reading.meeting_place}"
    if meeting is None and (names := public_names.find_names(title)):
        details_url = reverse("intake:reading_meeting", args=[reading.coalition.slug, reading.pk])
        found.append(NamingWords(reading.meeting_title, details_url, names))
    named = [(item, _find_names_in_item(public_names, item)) for item in plan.entry_items]
    named += [(item, public_names.find_names(item.suggestion.due_text)) for item in plan.joined_items]
    url = reading.get_absolute_url()
    return found + [
        NamingWords(
            item.suggestion.text,
            f"{url}?at={item.suggestion.sentence.number}#s{item.suggestion.sentence.number}",
            names,
        )
        for item, names in named
        if names
    ]


def _find_names_in_item(public_names: PublicNames, item: PlannedItem) -> list[str]:
    """Return the names in a sentence, and in the words of its due date."""
    texts = (item.suggestion.text, item.suggestion.due_text)
    return list(dict.fromkeys(name for text in texts for name in public_names.find_names(text, item.list_names())))


def _describe_names_for_everyone(document: Document | None) -> str:
    """Before the document is published to everyone; members read these names in the directory anyway."""
    return describe_hidden_names(document) if document is not None and document.label == Label.CLEAR else ""


def _get_chosen_meeting(request: MemberRequest, meetings_that_day: list[Meeting]) -> Meeting | None:
    number = get_int_param(request, "into")
    return next((meeting for meeting in meetings_that_day if meeting.pk == number), None)


def _find_plan_warnings(plan: EntryPlan) -> list[tuple[int, str, str]]:
    """Words by which somebody could be found: sentence, what it is, what to write instead."""
    found = [(item.suggestion, hit) for item in plan.entry_items for hit in screen_text_for_signs(item.suggestion.text)]
    names = _list_names_in_report(plan) if any(hit.sign.name == "handle" for _suggestion, hit in found) else []
    return [
        (suggestion.sentence.number, hit.what, hit.instead)
        for suggestion, hit in found
        if hit.sign.name != "handle" or not is_mention(suggestion.text[hit.start : hit.end], names)
    ][:20]


def _list_names_in_report(plan: EntryPlan) -> list[str]:
    """Return the names in a report. An owner written as “@ana” may be an account, “@Ana” is a person."""
    written = plan.reading.actors.values_list("written", flat=True)
    return [name for name in written if not (name.startswith("@") and name.islower())]


def _format_entry_result(entry_result: ReadingEntryResult) -> str:
    continued = ngettext(
        "%(n)s earlier commitment updated.", "%(n)s earlier commitments updated.", entry_result.continued
    ) % {"n": entry_result.continued}
    if not entry_result.entries and not entry_result.attendances:
        return continued if entry_result.continued else _("Everything you accepted is already in the record.")
    entries = ngettext("%(n)s entry", "%(n)s entries", entry_result.entries) % {"n": entry_result.entries}
    came = ngettext("%(n)s attendance record", "%(n)s attendance records", entry_result.attendances) % {
        "n": entry_result.attendances
    }
    added = _("Added to the record: %(entries)s and %(came)s.") % {"entries": entries, "came": came}
    return f"{added} {continued}" if entry_result.continued else added
