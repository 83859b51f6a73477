"""Personal data: keys of feeds."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import RETAINED_WITH_ACCOUNT, DeleteRows, PersonalData, personal_data_registry
from jukwaa.exchange.models import FeedKey

personal_data_registry.register(FeedKey)(
    PersonalData(
        fields=("person",),
        purpose="following",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("person",),
        title=_("Your personal feed address"),
        download=("made_at",),
        merging=DeleteRows(),
    )
)
