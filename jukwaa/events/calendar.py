"""Events in the calendar: those of the coalition, and those of the field."""

from django.utils.translation import gettext_lazy as _

from jukwaa.events.calendar_occurrences import EVENT_SOURCE, EXTERNAL_EVENT_SOURCE, list_calendar_occurrences
from jukwaa.events.calendar_sources import DateSource, date_source_registry

date_source_registry.register(EVENT_SOURCE)(DateSource(_("Events"), list_calendar_occurrences))
date_source_registry.register(EXTERNAL_EVENT_SOURCE)(DateSource(_("External events"), list_calendar_occurrences))
