"""The kind of record of regions: the outreach plan. Observations are items, and briefs are texts."""

from django.utils.translation import gettext_lazy as _

from jukwaa.records.kinds import RecordKind, record_kind_registry
from jukwaa.regions.models import OUTREACH_PLAN_KIND

record_kind_registry.register(OUTREACH_PLAN_KIND)(
    RecordKind(name=OUTREACH_PLAN_KIND, label=_("Outreach plan"), url_name="regions:outreach_detail")
)
