"""Personal data: searches that people keep."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    KEEP_EXISTING_ROW,
    RETAINED_WITH_ACCOUNT,
    DeleteRows,
    PersonalData,
    personal_data_registry,
)
from jukwaa.search.models import SavedSearch

personal_data_registry.register(SavedSearch)(
    PersonalData(
        fields=("person", "name", "query"),
        purpose="following",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("person",),
        title=_("Saved searches"),
        download=("coalition__name", "name", "query", "created_at"),
        merging=KEEP_EXISTING_ROW,
    )
)
