"""What coordinators have answered about the conditions of a year, and who does what by when."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.core.db import Manager
from jukwaa.eligibility.annual_report.models import AnnualReport
from jukwaa.eligibility.coordination.models import CoordinationAttendance, CoordinationMeeting
from jukwaa.eligibility.link_checks import LinkCheck

__all__ = ["AnnualReport", "ConditionAnswer", "CoordinationAttendance", "CoordinationMeeting", "LinkCheck"]


ANNUAL_REPORT_RULE_NAME = "yearly-report"  # the name of its condition in the rule sets


class ConditionAnswerQuerySet(models.QuerySet["ConditionAnswer"]):
    def of(self, coalition: Coalition, year: int) -> Self:
        return self.filter(coalition=coalition, year=year)

    def with_open_steps(self) -> Self:
        """Next steps that are open, of people who still have a role in the coalition.

        The step about the annual report of the year before is over once the submission of the report is recorded.
        """
        held = Role.objects.in_force()
        in_charge = held.filter(coalition=models.OuterRef("coalition"), person=models.OuterRef("responsible"))
        submitted = AnnualReport.objects.filter(
            coalition=models.OuterRef("coalition"), year=models.OuterRef("year") - 1, sent_on__isnull=False
        )
        return self.filter(models.Exists(in_charge), due_on__isnull=False, is_done=False).exclude(
            models.Exists(submitted), rule=ANNUAL_REPORT_RULE_NAME
        )


class ConditionAnswer(models.Model):
    """The answer to one condition of a year, and the next step. `rule` is its name in the rule set."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="condition_answers")
    year = models.PositiveSmallIntegerField()
    rule = models.SlugField(max_length=60)
    answer = models.CharField(_("is this condition met?"), max_length=3, choices=Answer, blank=True)
    note = models.TextField(_("note"), blank=True)
    link = models.URLField(_("link to the evidence"), max_length=400, blank=True)
    step = models.CharField(_("next step"), max_length=200, blank=True)
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due date"), null=True, blank=True)
    is_done = models.BooleanField(_("the step is done"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = Manager.from_queryset(ConditionAnswerQuerySet)()

    FIELDS: ClassVar[tuple[str, ...]] = ("answer", "note", "link", "step", "responsible", "due_on", "is_done")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "year", "rule"], name="a_condition_is_answered_once_a_year"),
            models.CheckConstraint(
                name="a_next_step_has_a_person_and_a_day",
                condition=Q(step="", responsible__isnull=True, due_on__isnull=True, is_done=False)
                | (~Q(step="") & Q(responsible__isnull=False, due_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("eligibility:condition_edit", args=[self.coalition.slug, self.year, self.rule])

    @property
    def is_yes(self) -> bool | None:
        """None where nobody has answered."""
        return {self.Answer.YES.value: True, self.Answer.NO.value: False}.get(self.answer)
