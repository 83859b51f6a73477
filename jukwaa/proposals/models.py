"""Calls that a coalition has added, beside those that Jukwaa ships with, and proposals in a call."""

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager, build_display_method
from jukwaa.mail import actions as mail
from jukwaa.proposals.call import CallForProposals
from jukwaa.proposals.correspondence_models import CorrespondenceDraft, CorrespondenceMessage
from jukwaa.proposals.participant_models import Participant, ParticipantQuerySet, PrivateStatement
from jukwaa.records.models import Attachment, Comment, Record, RecordQuerySet, State

__all__ = [
    "CallFile",
    "FieldComment",
    "Participant",
    "PrivateStatement",
    "Proposal",
    "ProposalSettings",
    "SessionList",
    "Submission",
]

SESSION_PROPOSAL = "session-proposal"


class CallFileQuerySet(models.QuerySet["CallFile"]):
    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)

    def current(self) -> Self:
        """The last version of each call. A call whose last version is empty has been removed."""
        later = CallFile.objects.filter(
            coalition=OuterRef("coalition"), name=OuterRef("name"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))


class CallFile(models.Model):
    """One version of a call as a coordinator saved it. Rows are only added, so that earlier versions stay."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="call_files")
    name = models.SlugField(max_length=100)
    number = models.PositiveIntegerField(default=1)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now_add=True)

    objects = Manager.from_queryset(CallFileQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "name", "number"], name="call_file_versions_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:call_detail", args=[self.coalition.slug, self.name])


class ProposalSettings(models.Model):
    """What a coalition has decided about its proposals. Without a row, the defaults apply."""

    class Submitters(models.TextChoices):
        CHAIRS = "chairs", _("Coordinators and chairs")
        COORDINATORS = "coordinators", _("Coordinators only")
        TEAM = "team", _("Coordinators, chairs and everyone in the team of the proposal")

    FIELDS: ClassVar[tuple[str, ...]] = ("submitters", "keywords")

    coalition = models.OneToOneField(Coalition, models.CASCADE, related_name="proposal_settings")
    submitters = models.CharField(_("who can submit"), max_length=12, choices=Submitters, default=Submitters.CHAIRS)
    keywords = models.TextField(_("keywords"), blank=True)  # one on each line: they mark sessions on our theme

    objects = Manager["ProposalSettings"]()

    get_submitters_display = build_display_method("submitters", Submitters)

    def __str__(self) -> str:
        return str(self.coalition)


class SessionList(models.Model):
    """The accepted sessions of a call as the forum published them. Importing again replaces the list.

    `rows` are sessions as `sessions.py` reads them. `problems` say in words which rows could not be read.
    """

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="session_lists")
    call_name = models.SlugField(max_length=100)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["SessionList"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "call_name"], name="one_list_of_sessions_for_a_call"),
        ]

    def __str__(self) -> str:
        return self.call_name


class ProposalQuerySet(RecordQuerySet["Proposal"]):
    def in_progress(self) -> Self:
        return self.filter(state=State.PUBLISHED, submission__isnull=True)

    def with_discussion_flag(self) -> Self:
        """With `is_discussed`: whether there are comments on fields."""
        said = FieldComment.objects.filter(comment__record=OuterRef("pk"))
        return self.annotate(is_discussed=Exists(said))

    def with_people_counts(self) -> Self:
        """With `people_count` and `confirmed_count`: how many take part, and how many of them have confirmed."""
        people = Participant.objects.filter(proposal=OuterRef("pk"))
        return self.annotate(
            people_count=_build_row_count(people.taking_part()), confirmed_count=_build_row_count(people.confirmed())
        )


def _build_row_count(participant_rows: ParticipantQuerySet) -> Coalesce:
    numbers = participant_rows.order_by().values("proposal").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), 0)


class Proposal(Record):
    """A proposal in a call, written together. `answers` are texts, or lists of options, by the names of fields.

    `call_number` is the version of the call in which it was started, `earlier_call` that of the proposal from which
    answers were taken over. `due_on` is the earliest day that the deadline can be.
    """

    record_ptr = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_proposal"
    )
    call_name = models.SlugField(_("call for proposals"), max_length=100)
    call_number = models.PositiveIntegerField(default=0)
    earlier_call = models.SlugField(max_length=100, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    facts = models.JSONField(_("answers to the checks"), default=dict, blank=True)
    late_fields = models.JSONField(default=list, blank=True)  # names of fields that were changed after the deadline
    due_on = models.DateField(null=True, blank=True)
    token = models.UUIDField(null=True, blank=True, unique=True)
    is_discussed: bool  # by `with_discussion_flag`
    people_count: int  # by `with_people_counts`
    confirmed_count: int
    known_call: CallForProposals | None = None  # as its page has read it

    objects = Manager.from_queryset(ProposalQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, "answers", "facts")

    class Meta:
        indexes = [models.Index(fields=["due_on", "record_ptr"], name="proposals_by_deadline")]

    @cached_property
    def field_comments(self) -> "list[FieldComment]":
        """All comments on its fields, with the day on which a comment was hidden."""
        rows = FieldComment.objects.filter(comment__record=self.pk).select_related("comment")
        return list(rows.only("field", "comment__hidden_at"))

    @property
    def is_submitted(self) -> bool:
        return hasattr(self, "submission")

    @property
    def is_settled(self) -> bool:
        """What has been submitted stays as it was."""
        return self.is_submitted

    def get_answer_labels(self, name: str) -> dict[str, str]:
        """Return the labels of the fields of the form."""
        from jukwaa.proposals.subject import load_call_for_proposal  # noqa: PLC0415 - calls are read with the models above

        return {field.name: field.label for field in load_call_for_proposal(self).fields} if name == "answers" else {}

    def erase_texts(self) -> None:
        """Its people are forgotten by a receiver of `purged`: some of them were known by their invitation only."""
        Submission.objects.filter(proposal=self).update(snapshot={}, reference="", outcome_note="")
        CorrespondenceDraft.objects.filter(proposal=self).delete()
        messages = CorrespondenceMessage.objects.filter(proposal=self)
        mail.erase_emails_by_id(messages.exclude(outbox=None).values_list("outbox", flat=True))
        messages.delete()  # nobody could read them any more

    def iter_passages(self) -> Iterator[tuple[str, str]]:
        yield from super().iter_passages()
        for name, answer in self.answers.items():
            yield f"field-{name}", "\n".join(answer) if isinstance(answer, list) else answer


class FieldComment(models.Model):
    """A comment that is about one field of the form."""

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="about_field")
    field = models.SlugField(max_length=100)

    objects = Manager["FieldComment"]()

    def __str__(self) -> str:
        return self.field


class Submission(models.Model):
    """A proposal as it was submitted, in the layout of its form, and what became of it."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        CONDITIONS = "conditions", _("Accepted with conditions")
        DECLINED = "declined", _("Declined with comments")
        MERGE = "merge", _("Asked to merge")
        WAITING = "waiting", _("On the waiting list")

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="submission")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reference = models.CharField(_("reference number"), max_length=100, blank=True)
    snapshot = models.JSONField(default=dict)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    outcome_note = models.TextField(_("comments"), blank=True)
    outcome_on = models.DateField(_("date"), null=True, blank=True)
    proof = models.ForeignKey(Attachment, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Manager["Submission"]()

    get_outcome_display = build_display_method("outcome", Outcome)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_outcome_has_a_date", condition=models.Q(outcome="") | models.Q(outcome_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.proposal.title

    @property
    def coalition(self) -> Coalition:
        return self.proposal.coalition

    @property
    def coalition_id(self) -> int:
        return self.proposal.coalition_id


ACCEPTED_OUTCOMES = (Submission.Outcome.ACCEPTED, Submission.Outcome.CONDITIONS)
