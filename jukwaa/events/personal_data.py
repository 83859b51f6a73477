"""Personal data: events, pledges and feedback."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    KEEP_TEXT,
    RETAINED_WITH_COALITION,
    RETAINED_WITH_RECORD,
    PersonalData,
    personal_data_registry,
)
from jukwaa.events.models import Event, Feedback, Host, Occurrence, Pledge

personal_data_registry.register(Event)(
    PersonalData(
        fields=("organiser_name",),
        purpose="contributions",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_TEXT,
        people=("authorships__person",),
        title=_("Events that you announced"),
        download=("title", "organiser_name"),
    )
)

personal_data_registry.register(Occurrence)(
    PersonalData(
        fields=("place", "note", "asks", "of_whom"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_TEXT,
    )
)

personal_data_registry.register(Host)(
    PersonalData(fields=("name",), purpose="contributions", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)

personal_data_registry.register(Pledge)(
    PersonalData(
        fields=("capacity", "person", "activity", "audience", "partners", "contact_role"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person",),
        title=_("Pledges"),
        download=(
            "occurrence__starts_on",
            "capacity__name",
            "activity",
            "audience",
            "partners",
            "contact_role",
            "country",
            "at",
            "withdrawn_at",
        ),
    )
)

personal_data_registry.register(Feedback)(
    PersonalData(
        fields=("done", "what_worked", "words", "person"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person",),
        title=_("Feedback on events"),
        download=("pledge", "done", "reached", "what_worked", "words", "may_be_quoted", "at"),
    )
)
