"""Pages of meetings that answer a search."""

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.planned_meetings import find_next_planned_meeting
from jukwaa.search.intents import BestMatch, answer_page_registry


@answer_page_registry.register("next meeting")
def build_next_meeting_match(viewer_standing: Standing) -> BestMatch:
    """Return the page of the next meeting, or the list of meetings while none is planned."""
    meeting = find_next_planned_meeting(viewer_standing.viewer, viewer_standing.coalition)
    if meeting is not None:
        return BestMatch(meeting.title, meeting.get_absolute_url(), pgettext_lazy("best match", "Next meeting"))
    url = reverse("meetings:meeting_list", args=[viewer_standing.coalition.slug])
    return BestMatch(pgettext_lazy("menu", "All meetings"), url, MenuSection.MEETINGS.label)


@answer_page_registry.register("open commitments")
def build_open_commitments_match(viewer_standing: Standing) -> BestMatch:
    url = reverse("meetings:commitment_list", args=[viewer_standing.coalition.slug], query={"status": "open"})
    return BestMatch(pgettext_lazy("best match", "Open commitments"), url, MenuSection.DECISIONS.label)
