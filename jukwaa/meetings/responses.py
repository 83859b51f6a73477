"""Errata go along with the entries of approved minutes where these leave their pages."""

from django.utils.translation import gettext_lazy as _

from jukwaa.library.exported_records import RecordResponses, responses
from jukwaa.meetings.corrections import get_errata_by_record
from jukwaa.meetings.models import EntryKind

responses.register(*EntryKind.values)(RecordResponses(_("Errata"), get_errata_by_record))
