"""What others say to an observation goes along where it leaves its page."""

from django.utils.translation import gettext_lazy as _

from jukwaa.library.exported_records import RecordResponses, response_registry
from jukwaa.regions.models.observations import OBSERVATION_KIND
from jukwaa.regions.observation_issues import load_voice_responses

response_registry.register(OBSERVATION_KIND)(RecordResponses(_("Responses from the region"), load_voice_responses))
