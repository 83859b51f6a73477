"""Events in the calendar: those of the coalition, and those of the field."""

from django.utils.translation import gettext_lazy as _

from jukwaa.events.calendar_occurrences import EVENT_SOURCE, EXTERNAL_EVENT_SOURCE, list_calendar_occurrences
from jukwaa.events.calendar_sources import Source, date_sources

date_sources.register(EVENT_SOURCE)(Source(_("Events"), list_calendar_occurrences))
date_sources.register(EXTERNAL_EVENT_SOURCE)(Source(_("External events"), list_calendar_occurrences))
