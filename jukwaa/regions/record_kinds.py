"""The kind of record of regions: the outreach plan. Observations are items, and briefs are texts."""

from django.utils.translation import gettext_lazy as _

from jukwaa.records.kinds import Kind, kinds
from jukwaa.regions.models import OUTREACH_KIND

kinds.register(OUTREACH_KIND)(Kind(name=OUTREACH_KIND, label=_("Outreach plan"), url_name="regions:outreach_detail"))
