"""Errata go along with the entries of approved minutes where these leave their pages."""

from django.utils.translation import gettext_lazy as _

from jukwaa.library.exported_records import RecordResponses, response_registry
from jukwaa.meetings.corrections import get_errata_by_record
from jukwaa.meetings.models import EntryKind

response_registry.register(*EntryKind.values)(RecordResponses(_("Errata"), get_errata_by_record))
