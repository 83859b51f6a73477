"""Errata go along with the entries of approved minutes where these leave their pages."""

from django.utils.translation import gettext_lazy as _

from jukwaa.library.told import Responses, responses
from jukwaa.meetings.corrections import tell_errata
from jukwaa.meetings.models import EntryKind

responses.register(*EntryKind.values)(Responses(_("Errata"), tell_errata))
