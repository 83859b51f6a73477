"""Personal data: offers, needs, questions and joint work."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.cooperation.models import (
    Charter,
    Consent,
    Deliverable,
    DeliverableReport,
    Enquiry,
    Figure,
    JointWork,
    Match,
    Need,
    Offer,
    Outcome,
    Party,
    Signature,
    Step,
    Update,
)
from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    KEEP_DECISION,
    KEEP_TEXT,
    RETAINED_WITH_COALITION,
    RETAINED_WITH_RECORD,
    ClearColumns,
    DownloadPart,
    KeepRows,
    LegalBasis,
    PersonalData,
    Purpose,
    Words,
    download_part_registry,
    personal_data_registry,
    purpose_registry,
)

purpose_registry.register("cooperation")(
    Purpose(
        title=_("Cooperation"),
        why=_("To match offers with needs, to introduce contacts once both sides agree, and to document joint work."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who offer or ask for help, act as contacts, or take part in joint work"),
        recipients=_(
            "People whom the label of a record allows to read it; the other side sees the contact once both have agreed"
        ),
    )
)


def build_help_personal_data(title: Words) -> PersonalData:
    return PersonalData(
        fields=(
            "whose",
            "details",
            "for_whom",
            "amount",
            "contact_role",
            "contact",
            "reach",
            "terms",
            "closed_because",
        ),
        purpose="cooperation",
        retention=RETAINED_WITH_COALITION,
        erasure=ClearColumns(("reach",), why=_("The offer or need is kept, without a contact."), people=("contact",)),
        people=("authorships__person", "contact"),
        title=title,
        download=("title", "whose", "details", "for_whom", "amount", "contact_role", "closed_because"),
    )


personal_data_registry.register(Offer)(build_help_personal_data(_("Offers that you wrote or are the contact for")))
personal_data_registry.register(Need)(build_help_personal_data(_("Needs that you wrote or are the contact for")))

personal_data_registry.register(Match)(
    PersonalData(
        fields=("by",),
        purpose="cooperation",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_DECISION,
        people=("by",),
        title=_("Matches that you proposed"),
        download=("offer", "need", "state", "at"),
    )
)

personal_data_registry.register(Consent)(
    PersonalData(
        fields=("person", "capacity"),
        purpose="cooperation",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_DECISION,
        people=("person",),
        title=_("Introductions that you agreed to"),
        download=("match", "side", "capacity__name", "at", "withdrawn_at"),
    )
)

personal_data_registry.register(Step)(
    PersonalData(
        fields=("words", "person", "capacity"),
        purpose="cooperation",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person",),
        title=_("What you reported about matches"),
        download=("match", "state", "words", "capacity__name", "at"),
    )
)

personal_data_registry.register(Enquiry)(
    PersonalData(
        fields=("question", "person", "capacity", "answer", "answered_by", "answered_as"),
        purpose="cooperation",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person", "answered_by"),
        title=_("Questions to experts that you asked or answered"),
        download=("need", "question", "at", "answer", "answered_at"),
    )
)

personal_data_registry.register(JointWork)(
    PersonalData(
        fields=("ended_because",),
        purpose="cooperation",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person",),
        title=_("Joint work that you started"),
        download=("title", "ended_because"),
    )
)

personal_data_registry.register(Party)(
    PersonalData(
        fields=("capacity", "part", "left_because"),
        purpose="cooperation",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("capacity__person",),
        title=_("Joint work that you joined on behalf of an organisation"),
        download=("work", "capacity__name", "part", "joined_at", "left_at", "left_because"),
    )
)

personal_data_registry.register(Charter)(
    PersonalData(
        fields=("answers", "text", "why_changed", "by"),
        purpose="cooperation",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Charters that you drafted"),
        download=("work", "number", "answers", "why_changed", "at"),
    )
)

personal_data_registry.register(Signature)(
    PersonalData(
        fields=("person", "capacity"),
        purpose="cooperation",
        retention=RETAINED_WITH_RECORD,
        erasure=KeepRows(
            _("The charter has to show which organisations signed it. The name of the person is removed.")
        ),
        people=("person",),
        title=_("Signatures"),
        download=("charter", "capacity__name", "at"),
    )
)

personal_data_registry.register(Deliverable)(
    PersonalData(fields=("what", "note"), purpose="cooperation", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)

personal_data_registry.register(DeliverableReport)(
    PersonalData(
        fields=("words", "person", "capacity"),
        purpose="cooperation",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person",),
        title=_("Reports on deliverables"),
        download=("deliverable", "state", "words", "capacity__name", "at"),
    )
)

personal_data_registry.register(Outcome)(
    PersonalData(fields=("what", "indicator"), purpose="cooperation", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)

personal_data_registry.register(Figure)(
    PersonalData(
        fields=("source", "person"),
        purpose="cooperation",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person",),
        title=_("Figures that you reported"),
        download=("outcome", "on", "value", "source", "at"),
    )
)

personal_data_registry.register(Update)(
    PersonalData(
        fields=("words", "person", "capacity"),
        purpose="cooperation",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person",),
        title=_("Updates on joint work"),
        download=("work", "words", "capacity__name", "at"),
    )
)


def list_contact_details(person: Person) -> list[dict[str, Any]]:
    """How to reach a person, where they are the contact: nobody else downloads it, not even who wrote the rest."""
    return [
        dict(row)
        for model in (Offer, Need)
        for row in model.objects.filter(contact=person).exclude(reach="").order_by("pk").values("title", "reach")
    ]


download_part_registry.register("contact_details")(
    DownloadPart(title=_("Your contact details in offers and needs"), rows=list_contact_details)
)
