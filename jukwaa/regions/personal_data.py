"""What a person takes along of letters of invitation: those that they wrote, and what they answered to one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    KEEP_DECISION,
    KEEP_EXISTING_ROW,
    KEEP_TEXT,
    RETAINED_WITH_COALITION,
    RETAINED_WITH_RECORD,
    ClearColumns,
    DeleteRows,
    DownloadPart,
    KeepRows,
    LegalBasis,
    MoveRows,
    PersonalData,
    Purpose,
    RetentionCondition,
    download_part_registry,
    personal_data_registry,
    purpose_registry,
)
from jukwaa.regions.answer_links import build_answer_link
from jukwaa.regions.letters import build_invitation_letter
from jukwaa.regions.models import (
    Acquaintance,
    BriefQuestion,
    BriefShape,
    Delivery,
    Hosting,
    Milestone,
    NeverAgain,
    Prospect,
    Question,
    Voice,
)

purpose_registry.register("outreach")(
    Purpose(
        title=_("Inviting organisations"),
        why=_(
            "To invite organisations where the coalition has no members, and to make sure that we do not write again "
            "to those who declined."
        ),
        legal_basis=LegalBasis.CONSENT,
        whose=_("People in organisations who agreed to be contacted, and members who invite them"),
        recipients=_("The member who sends the invitation, the authors of the outreach plan, coordinators and chairs"),
    )
)

personal_data_registry.register(BriefShape)(
    PersonalData(fields=("by",), purpose="contributions", retention=RETAINED_WITH_RECORD, erasure=KEEP_DECISION)
)

personal_data_registry.register(Delivery)(
    PersonalData(
        fields=("body", "capacity", "by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Briefs that you handed over"),
        download=("edition", "capacity__name", "body", "on", "at"),
    )
)

personal_data_registry.register(BriefQuestion)(
    PersonalData(
        fields=("words", "by", "answer", "answered_by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by", "answered_by__person"),
        title=_("Questions about briefs that you recorded or answered"),
        download=("delivery", "asked_on", "words", "answer", "answered_at"),
    )
)


def mark_earlier_voice_superseded(surviving_voice: Voice, merged_voice: Voice) -> None:
    """Both stay readable, and the later one stands."""
    min((surviving_voice, merged_voice), key=lambda voice: voice.at).stands = False


personal_data_registry.register(Voice)(
    PersonalData(
        fields=("author", "capacity", "words"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("author",),
        title=_("Responses to observations"),
        download=("item", "capacity__name", "says", "words", "at"),
        merging=MoveRows(close=mark_earlier_voice_superseded),
    )
)

personal_data_registry.register(Question)(
    PersonalData(fields=("words",), purpose="contributions", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)

personal_data_registry.register(Milestone)(
    PersonalData(fields=("title",), purpose="contributions", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)

personal_data_registry.register(Hosting)(
    PersonalData(
        fields=("what", "by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Hosting offers that you entered"),
        download=("outreach", "what", "confirmed_on"),
    )
)

# A daily job (`regions.actions.waiting.forget`) deletes each with its letters and its capacity (`Prospect.erase`): 365
# days after a yes; without an answer on the plan's last day, 365 days after its event at most; and without a plan 365
# days after it was noted. The parts of the download are below, for the introducer and for who said yes.
personal_data_registry.register(Prospect)(
    PersonalData(
        fields=("name", "folded", "role", "introducer", "capacity", "why", "contact_name", "contact_address"),
        purpose="outreach",
        retention=RetentionCondition(
            _("until it can no longer be answered and, if the answer is “yes”, for 365 days after it")
        ),
        erasure=ClearColumns(
            ("contact_name", "contact_address"),
            why=_("We keep a note that the organisation agreed, without the contact details."),
        ),
        addresses=("contact_address",),
    )
)

personal_data_registry.register(Acquaintance)(
    PersonalData(
        fields=("person",),
        purpose="outreach",
        retention=RetentionCondition(_("as long as the invitation exists")),
        erasure=DeleteRows(),
        people=("person",),
        merging=KEEP_EXISTING_ROW,
    )
)

personal_data_registry.register(NeverAgain)(
    PersonalData(
        fields=("digest",),
        purpose="outreach",
        retention=RETAINED_WITH_COALITION,
        erasure=KeepRows(
            _("The code helps us make sure that no one writes to them again. It does not show who they are.")
        ),
    )
)

INTRODUCER_PERSONAL_FIELDS = (
    "name",
    "country",
    "stakeholder_group",
    "role",
    "language",
    "why",
    "at",
    "sent_on",
    "reminded_on",
)
ANSWER_PERSONAL_FIELDS = ("state", "answered_on")
CONTACT_PERSONAL_FIELDS = (
    "name",
    "country",
    "role",
    "why",
    "contact_name",
    "contact_address",
    "answered_on",
    "written_on",
)


def list_own_invitations(person: Person) -> list[dict[str, Any]]:
    """Whom they introduced, as long as it is kept. Whoever has left reads what they wrote, and no answer to it."""
    rows = Prospect.objects.filter(introducer=person)
    seen = set(rows.visible_to(person).values_list("pk", flat=True))
    around = ("coalition", "introducer", "capacity", "outreach", "area")
    return [_build_invitation_row(row, is_seen=row.pk in seen) for row in rows.select_related(*around).order_by("pk")]


def _build_invitation_row(prospect: Prospect, *, is_seen: bool) -> dict[str, Any]:
    kept = (*INTRODUCER_PERSONAL_FIELDS, *ANSWER_PERSONAL_FIELDS) if is_seen else INTRODUCER_PERSONAL_FIELDS
    told = {name: getattr(prospect, name) for name in kept}
    told |= {"coalition": prospect.coalition.name, "erased_after": prospect.forget_on}
    if prospect.sent_on is None:
        return told
    letter = build_invitation_letter(prospect)
    # The link is the key of whoever was written to.
    return told | {
        "letter": {"subject": letter.subject, "body": letter.body.replace(build_answer_link(prospect), "[…]")}
    }


def list_own_acquaintances(person: Person) -> list[dict[str, Any]]:
    """Where they said that they know somebody."""
    rows = Acquaintance.objects.filter(person=person, prospect__in=Prospect.objects.all().visible_to(person))
    return [{"name": name, "at": at} for name, at in rows.order_by("pk").values_list("prospect__name", "at")]


def list_own_accepted_invitations(person: Person) -> list[dict[str, Any]]:
    """What was written down of them where they said yes with the address that they sign in with."""
    if not person.email:
        return []
    rows = Prospect.objects.filter(contact_address__iexact=person.email).select_related("coalition", "introducer")
    return [
        {name: getattr(row, name) for name in CONTACT_PERSONAL_FIELDS}
        | {"coalition": row.coalition.name, "introduced_by": row.introducer.name, "erased_after": row.forget_on}
        for row in rows.order_by("pk")
    ]


download_part_registry.register("invitations_written")(
    DownloadPart(title=_("Invitations that you wrote"), rows=list_own_invitations)
)
download_part_registry.register("said_to_know_somebody")(
    DownloadPart(title=_("Organisations where you said that you know someone"), rows=list_own_acquaintances)
)
download_part_registry.register("invitations_answered")(
    DownloadPart(title=_("Invitations that you accepted"), rows=list_own_accepted_invitations)
)
