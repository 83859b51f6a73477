"""Events in the calendar: those of the coalition, and those of the field."""

from django.utils.translation import gettext_lazy as _

from jukwaa.events.calendar_sources import Source, sources
from jukwaa.events.occurring import AROUND, EVENTS, occurrences

sources.register(EVENTS)(Source(_("Events"), occurrences))
sources.register(AROUND)(Source(_("External events"), occurrences))
