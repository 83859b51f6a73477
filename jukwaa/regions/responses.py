"""What others say to an observation goes along where it leaves its page."""

from django.utils.translation import gettext_lazy as _

from jukwaa.library.exported_records import RecordResponses, responses
from jukwaa.regions.models.observations import OBSERVATION
from jukwaa.regions.observation_issues import load_responses

responses.register(OBSERVATION)(RecordResponses(_("Responses from the region"), load_responses))
