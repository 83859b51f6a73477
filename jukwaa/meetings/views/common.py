"""What the views share: finding what the viewer may see, and forms that were overtaken."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet, StringAgg, Value
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.diff import diff_html, word_diff
from jukwaa.core.forms import Form
from jukwaa.core.http import page
from jukwaa.core.prepared import Open, prepared
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.models import Authorship

CONFLICT = 409
LINE = Value("\n")


def visible_meeting(request: Request | MemberRequest, coalition: Coalition, pk: int) -> Meeting:
    """With what its page asks next: whether the viewer wrote it, and the names of its areas of work."""
    found = prepared(_told, request.user, coalition, Open(pk))
    if not found:
        raise Http404
    meeting = found[0]
    meeting.coalition = coalition
    request.standing.wrote[pk] = meeting.own  # type: ignore[attr-defined]  # annotated
    return meeting


def _told(viewer: Viewer, coalition: Coalition, pk: int) -> QuerySet[Meeting]:
    own = Authorship.objects.filter(record=OuterRef("pk"), person=viewer.pk)
    areas = AreaOfWork.objects.filter(records=OuterRef("pk")).order_by().values("coalition")
    names = areas.annotate(names=StringAgg("name", LINE)).values("names")
    meetings = Meeting.objects.visible_to(viewer).of(coalition).filter(pk=pk)
    return meetings.select_related("report").annotate(own=Exists(own), area_names=names)


def visible_entry(request: Request | MemberRequest, coalition: Coalition, pk: int) -> Entry:
    """An entry is read where its meeting is: neither opens the other."""
    meetings = Meeting.objects.visible_to(request.user)
    entries = Entry.objects.visible_to(request.user).of(coalition).filter(meeting__in=meetings)
    entry = get_object_or_404(
        entries.select_related("meeting", "part", "commitment__owner__organisation", "commitment__owner__person"), pk=pk
    )
    entry.coalition = entry.meeting.coalition = coalition
    return entry


def keeping_minutes(request: MemberRequest) -> None:
    """Raises PermissionDenied for whoever keeps no minutes here."""
    if not request.standing.is_rapporteur:
        raise PermissionDenied(_("The minutes are kept by the rapporteur and the coordinator."))


def names_of(coalition: Coalition) -> list[str]:
    """The directory, for fields that offer it while one types."""
    return list(Organisation.objects.of(coalition).values_list("name", flat=True))


@dataclass(frozen=True)
class Overtaken:
    """A field that reads differently now than it did in the writer's copy."""

    label: str
    now: str
    yours: str
    difference: SafeString


def overtaken(
    request: HttpRequest, template: str, form: Form, current: dict[str, Any], context: dict[str, Any]
) -> HttpResponse:
    """The form once more, beside how the record reads now. Saving it again saves it on top of that."""
    fields = [_compared(form, name, current[name]) for name in form.cleaned_data if name != "version"]
    differing = [field for field in fields if field.now != field.yours]
    form.data = {**{name: form.data.get(name, "") for name in form.fields}, "version": str(current["version"])}
    return page(request, template, {**context, "form": form, "overtaken": differing}, status=CONFLICT)


def _compared(form: Form, name: str, now: Any) -> Overtaken:
    field = form.fields[name]
    words = dict(getattr(field, "choices", [])) if not isinstance(field, ModelChoiceField) else {}
    yours = form.cleaned_data[name]
    now, yours = str(words.get(now, now or "")), str(words.get(yours, yours or ""))
    return Overtaken(str(field.label), now, yours, diff_html(word_diff(now, yours)))
