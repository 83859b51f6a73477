"""Ideas for the next meeting or the year: who is behind each, and what it has become."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Coalition
from jukwaa.core.db import Manager, build_display_method
from jukwaa.meetings.models.meetings import Part
from jukwaa.records.models import Authorship, Record, RecordQuerySet, State

IDEA_RECORD_KIND = "idea"
AGENDA_ITEM_REMOVED_CONDITION = Q(agenda_item__meeting__state=State.WITHDRAWN) | Q(
    agenda_item__meeting__cancelled_at__isnull=False
)
MERGED, BECAME, DECLINED = Q(merged_into__isnull=False), Q(became__isnull=False), ~Q(declined_because="")


class IdeaQuerySet(RecordQuerySet["Idea"]):
    def open(self) -> Self:
        """Those that nobody has answered. Open again once its agenda item is gone, or its meeting is cancelled."""
        is_off_agenda = Q(agenda_item__isnull=True) | AGENDA_ITEM_REMOVED_CONDITION
        return self.filter(is_off_agenda).exclude(MERGED | BECAME | DECLINED)

    def answered(self) -> Self:
        on_agenda = Q(agenda_item__isnull=False) & ~AGENDA_ITEM_REMOVED_CONDITION
        return self.filter(on_agenda | MERGED | BECAME | DECLINED)

    def select_answers(self) -> Self:
        """With what an idea has become, so that its status needs no query."""
        return self.select_related("agenda_item__meeting", "became", "merged_into")


class Idea(Record):  # type: ignore[django-manager-missing]  # the plugin loses managers of inherited kinds
    """What a member suggests for the next meeting or the year: `title` is the idea, `summary` the details.

    It has at most one answer: an agenda item, another record, another idea, or a reason why it was declined. How many
    people, regions and stakeholder groups support it is kept with it, since lists are sorted by that.
    """

    class Timeframe(models.TextChoices):
        NEXT_MEETING = "next-meeting", _("Next meeting")
        YEAR = "year", _("This year")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        ON_AGENDA = "on-agenda", _("on the agenda")
        BECAME = "became", _("taken up")
        MERGED = "merged", _("merged")
        DECLINED = "declined", _("declined")

    # Named, since the parent's reverse name is better kept for links.
    record_ptr = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_idea"
    )
    timeframe = models.CharField(_("timeframe"), max_length=15, choices=Timeframe, default=Timeframe.NEXT_MEETING)
    agenda_item = models.ForeignKey(Part, models.SET_NULL, null=True, blank=True, related_name="ideas")
    became = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    declined_because = models.TextField(_("reason"), blank=True)
    support_count = models.PositiveIntegerField(default=0)
    region_count = models.PositiveSmallIntegerField(default=0)
    group_count = models.PositiveSmallIntegerField(default=0)
    breadth = models.GeneratedField(
        expression=F("region_count") + F("group_count"),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(IdeaQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    get_timeframe_display = build_display_method("timeframe", Timeframe)

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, "timeframe")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_idea_has_one_answer_at_most",
                condition=Q(became__isnull=True, merged_into__isnull=True, declined_because="")
                | Q(agenda_item__isnull=True, merged_into__isnull=True, declined_because="")
                | Q(agenda_item__isnull=True, became__isnull=True, declined_because="")
                | Q(agenda_item__isnull=True, became__isnull=True, merged_into__isnull=True),
            ),
            models.CheckConstraint(name="an_idea_is_not_merged_into_itself", condition=~Q(merged_into=F("record_ptr"))),
        ]

    def erase_texts(self) -> None:
        """Why it was declined, and who supports it."""
        self.supports.all().delete()
        if self.declined_because:
            self.declined_because = gettext("deleted permanently")
        self.support_count = self.region_count = self.group_count = 0

    @property
    def status(self) -> "Idea.Status":
        meeting = self.agenda_item.meeting if self.agenda_item is not None else None
        if meeting is not None and meeting.state != State.WITHDRAWN and not meeting.is_cancelled:
            return self.Status.ON_AGENDA
        if self.became_id is not None:
            return self.Status.BECAME
        if self.merged_into_id is not None:
            return self.Status.MERGED
        return self.Status.DECLINED if self.declined_because else self.Status.OPEN

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    def set_answer(self, **answer: Any) -> None:
        """Set one of the four answers, instead of the one that it has; with none, the idea is open again."""
        nothing: dict[str, Any] = {"agenda_item": None, "became": None, "merged_into": None, "declined_because": ""}
        for name, value in (nothing | answer).items():
            setattr(self, name, value)
        self.save(update_fields=list(nothing))


class Support(models.Model):
    """A person supports an idea, in a capacity. Who takes that back leaves no row. The author has one too."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Support"]()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["idea", "person"], name="a_person_supports_an_idea_once")]

    def __str__(self) -> str:
        return str(self.capacity)


class MergeRequestQuerySet(models.QuerySet["MergeRequest"]):
    def decided_by_author(self, person: int | None) -> Self:
        """Those that this person decides as an author: the author of one idea has asked, and they wrote the other.

        Whoever wrote both decides alone.
        """

        def build_authorship_condition(idea: str, person_reference: OuterRef | int | None) -> Exists:
            return Exists(Authorship.objects.filter(record=OuterRef(idea), person=person_reference))

        asker = OuterRef("person")
        own = build_authorship_condition("idea", asker) & build_authorship_condition("into", person)
        other = build_authorship_condition("into", asker) & build_authorship_condition("idea", person)
        return self.filter(own | other)


class MergeRequest(models.Model):
    """A member asks to merge an idea into another one."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="merge_requests")
    into = models.ForeignKey(Idea, models.CASCADE, related_name="merge_requests_received")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_accepted = models.BooleanField(default=False)

    objects = Manager.from_queryset(MergeRequestQuerySet)()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "into"], condition=Q(closed_at__isnull=True), name="a_merge_is_requested_once"
            ),
            models.CheckConstraint(name="an_idea_is_merged_into_another", condition=~Q(idea=F("into"))),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}, {self.into_id}"

    @property
    def coalition(self) -> Coalition:
        return self.idea.coalition

    @property
    def coalition_id(self) -> int:
        return self.idea.coalition_id
