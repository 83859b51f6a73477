"""Personal data: requests about it."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    WITH_COALITION,
    Clear,
    KeptFor,
    LegalBasis,
    PersonalData,
    Purpose,
    personal_data,
    purposes,
)
from jukwaa.privacy.models import DataRequest

purposes.register("data-requests")(
    Purpose(
        title=_("Requests about personal data"),
        why=_("To answer requests to correct data or to remove a name, and to show that they were answered in time."),
        legal_basis=LegalBasis.LEGAL_OBLIGATION,
        whose=_("People who ask for a correction or for their name to be removed"),
        recipients=_("The coordinators and the safeguarding lead of the coalition"),
    )
)

personal_data.register(DataRequest)(
    PersonalData(
        fields=("requester", "email", "name", "words", "decided_by", "reason"),
        purpose="data-requests",
        retention=KeptFor(
            days=1095,
            since="decided_at",
            clears=("email", "name", "words"),
            what=_("the words of requests that were answered, and who asked"),
            otherwise=WITH_COALITION,
        ),
        erasure=Clear(
            ("email", "name", "words"),
            why=_("The coalition has to show that it answered the request. It no longer shows who asked."),
        ),
        people=("requester",),
        addresses=("email",),
        title=_("Your requests about your data"),
        download=("kind", "name", "words", "state", "asked_at", "due_on", "reason", "decided_at"),
    )
)
