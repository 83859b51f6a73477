"""What the tests of agreeing and publishing share: a text that is open to its readers, and time that has passed."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, PositionContent
from jukwaa.drafting.models import Call, Clause, Placement, Revision, Text
from tests.factories import AffiliationFactory, MembershipFactory

CLAUSE_BODIES = (
    "Before joint work starts, the parties write down what it is based on.",
    "Each provider names a contact.",
)


def create_open_text(coalition, member, *, clause_bodies=CLAUSE_BODIES, text_form="guideline", **more) -> Text:
    """Open to everybody, with its first revision."""
    text = actions.begin_text(
        actor=member,
        coalition=coalition,
        title="Working with providers",
        form=text_form,
        summary="For hotlines that begin to work with providers.",
        beginning=actions.TextStart(
            [ClauseDraft("Purpose", kind="heading"), *(ClauseDraft(body) for body in clause_bodies)]
        ),
        **more,
    )
    actions.create_named_revision(actor=member, text=text, revision_name="Draft 1")
    return actions.open_text_to_readers(actor=member, text=text)


def name_text_revision(
    text: Text, member, clause_body="Each provider names a contact and a deputy.", revision_number=3
) -> Revision:
    clause = Clause.objects.get(text=text, number=revision_number)
    digest = Placement.objects.now(text).get(clause=clause).wording.digest
    actions.write_clause_body(actor=member, clause=clause, clause_body=clause_body, from_digest=digest)
    return actions.create_named_revision(actor=member, text=text, revision_name="Draft 2")


def get_moment_days_from_now(days: int):
    return timezone.now() + timedelta(days=days, minutes=1)


def open_consensus_call(text, coordinator, days=14) -> Call:
    return actions.call_for_consensus(actor=coordinator, text=text, closes_at=get_moment_days_from_now(days))


def end_consensus_call(call: Call) -> Call:
    """Its two weeks have passed."""
    began = timezone.now() - timedelta(days=20)
    Call.objects.filter(pk=call.pk).update(opens_at=began, closes_at=began + timedelta(days=15))
    call.refresh_from_db()
    return call


def create_spokesperson(coalition, organisation_name: str, **organisation):
    """Somebody who may speak for a member organisation, and that organisation."""
    membership = MembershipFactory(
        coalition=coalition, organisation__coalition=coalition, organisation__name=organisation_name, **organisation
    )
    affiliation = AffiliationFactory(
        organisation=membership.organisation, may_speak=True, person__name=f"Somebody of {organisation_name}"
    )
    return affiliation.person, membership.organisation


def submit_call_position(actor, call, organisation, stance, reason="", clause=None, seen_version=None):
    return actions.take_call_position(
        actor=actor,
        call=call,
        organisation=organisation,
        stand=PositionContent(stance, reason, clause),
        seen=seen_version,
    )


def adopt_by_consensus(text, coordinator, delegate, organisation) -> Call:
    call = open_consensus_call(text, coordinator)
    submit_call_position(delegate, call, organisation, "support")
    return actions.declare_call_outcome(
        actor=coordinator, call=end_consensus_call(call), outcome="consensus", reason="All support it."
    )
