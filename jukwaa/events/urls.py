from django.urls import path

from jukwaa.events.views import calendar, dates, events, occurrences
from jukwaa.events.views import participation as taking_part

OCCURRENCE_ROUTE = "<int:pk>/dates/<int:occurrence>/"

app_name = "events"
urlpatterns = [
    path("", events.event_list, name="event_list"),
    path("new/", events.event_new, name="event_new"),
    path("calendar/", calendar.calendar_month, name="calendar"),
    path("calendar/list/", calendar.calendar_agenda, name="calendar_list"),
    path("pledges/<int:pk>/edit/", taking_part.pledge_edit, name="pledge_edit"),
    path("pledges/<int:pk>/withdraw/", taking_part.pledge_take_back, name="pledge_take_back"),
    path("pledges/<int:pk>/feedback/", taking_part.feedback_edit, name="feedback"),
    path("<int:pk>/", events.event_detail, name="event_detail"),
    path("<int:pk>/edit/", events.event_edit, name="event_edit"),
    path("<int:pk>/pledges/<int:pledge>/", occurrences.pledge_redirect, name="pledge_place"),
    path("<int:pk>/dates/new/", dates.occurrence_new, name="occurrence_new"),
    path(OCCURRENCE_ROUTE, occurrences.occurrence_detail, name="occurrence_detail"),
    path(f"{OCCURRENCE_ROUTE}edit/", dates.occurrence_edit, name="occurrence_edit"),
    path(f"{OCCURRENCE_ROUTE}cancel/", dates.occurrence_cancel, name="occurrence_cancel"),
    path(f"{OCCURRENCE_ROUTE}hosts/", dates.occurrence_host_list, name="host_list"),
    path(f"{OCCURRENCE_ROUTE}hosts/<int:host>/remove/", dates.host_remove, name="host_remove"),
    path(f"{OCCURRENCE_ROUTE}call-for-pledges/", taking_part.call_edit, name="call_edit"),
    path(f"{OCCURRENCE_ROUTE}pledges/", occurrences.pledge_list, name="pledge_list"),
    path(f"{OCCURRENCE_ROUTE}pledges/new/", taking_part.pledge_new, name="pledge_new"),
    path(f"{OCCURRENCE_ROUTE}year/", occurrences.year_detail, name="year_detail"),
    path(f"{OCCURRENCE_ROUTE}participation/", taking_part.participation_report, name="took_part"),
]
