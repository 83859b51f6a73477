"""What others say to an observation goes along where it leaves its page."""

from django.utils.translation import gettext_lazy as _

from jukwaa.library.told import Responses, responses
from jukwaa.regions.models.observations import OBSERVATION
from jukwaa.regions.observing import said_to

responses.register(OBSERVATION)(Responses(_("Responses from the region"), said_to))
