"""Personal data: requests about it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    RETAINED_WITH_ACCOUNT,
    RETAINED_WITH_COALITION,
    ClearColumns,
    DeleteRows,
    KeepRows,
    LegalBasis,
    MoveRows,
    PersonalData,
    Purpose,
    RetentionPeriod,
    personal_data_registry,
    purpose_registry,
)
from jukwaa.privacy.models import Consent, DataRequest, Notice, NoticeVersion

purpose_registry.register("data-requests")(
    Purpose(
        title=_("Requests about personal data"),
        why=_("To answer requests to correct data or to remove a name, and to show that they were answered in time."),
        legal_basis=LegalBasis.LEGAL_OBLIGATION,
        whose=_("People who ask for a correction or for their name to be removed"),
        recipients=_("The coordinators and the safeguarding lead of the coalition"),
    )
)

personal_data_registry.register(DataRequest)(
    PersonalData(
        fields=("requester", "email", "name", "words", "decided_by", "reason"),
        purpose="data-requests",
        retention=RetentionPeriod(
            days=1095,
            since="decided_at",
            clears=("email", "name", "words"),
            what=_("the text of answered requests, and who sent them"),
            otherwise=RETAINED_WITH_COALITION,
        ),
        erasure=ClearColumns(
            ("email", "name", "words"),
            why=_("The coalition has to show that it answered the request. The request no longer shows who sent it."),
        ),
        people=("requester",),
        addresses=("email",),
        title=_("Your requests about your data"),
        download=("kind", "name", "words", "state", "asked_at", "due_on", "reason", "decided_at"),
    )
)

purpose_registry.register("accountability")(
    Purpose(
        title=_("Privacy notices and consents"),
        why=_("To say who is responsible for personal data, and to show who agreed to what, and to which text."),
        legal_basis=LegalBasis.LEGAL_OBLIGATION,
        whose=_("People who gave their consent, and people who are named in a notice"),
        recipients=_("Privacy notices: everyone. Consents: only the person and the operator."),
    )
)
KEEP_PRIVACY_NOTICE = KeepRows(
    _("The coalition has to show what its notices said. A name in a notice can be changed at any time.")
)

personal_data_registry.register(Notice)(
    PersonalData(
        fields=("responsible", "contact", "officer", "authority", "extra"),
        purpose="accountability",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_PRIVACY_NOTICE,
    )
)
personal_data_registry.register(NoticeVersion)(
    PersonalData(
        fields=("text", "by"), purpose="accountability", retention=RETAINED_WITH_COALITION, erasure=KEEP_PRIVACY_NOTICE
    )
)


def merge_consents(surviving_consent: Consent, merged_consent: Consent) -> None:
    """Of two consents to the same, the later one holds from the day on which it was given."""
    earlier, later = sorted((surviving_consent, merged_consent), key=lambda consent: consent.given_at)
    earlier.withdrawn_at = later.given_at


personal_data_registry.register(Consent)(
    PersonalData(
        fields=("person", "text"),
        purpose="accountability",
        retention=RetentionPeriod(
            days=1095,
            since="withdrawn_at",
            where=Q(withdrawn_at__isnull=False),
            what=_("consents that were withdrawn"),
            otherwise=RETAINED_WITH_ACCOUNT,
        ),
        erasure=DeleteRows(),
        people=("person",),
        title=_("What you agreed to"),
        download=("kind", "coalition__name", "text", "notice_version__at", "given_at", "withdrawn_at"),
        merging=MoveRows(close=merge_consents),
    )
)
