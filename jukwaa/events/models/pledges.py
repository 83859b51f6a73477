"""Taking part: what organisations pledge to do at an occurrence, and what came of it."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager
from jukwaa.events.models.events import Event, Occurrence


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def visible_to(self, viewer: Viewer) -> Self:
        readable = Event.objects.visible_to(viewer).filter(pk=OuterRef("occurrence__event"))
        return self.filter(Exists(readable))

    def standing(self) -> Self:
        """Return those that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Pledge(models.Model):
    """What an organisation says that it will do. One that was taken back stays, and is shown no more."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="pledges")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    activity = models.TextField(_("what your organisation will do"))
    audience = models.CharField(_("target group"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    partners = models.CharField(_("partners"), max_length=300, blank=True)
    contact_role = models.CharField(_("contact (role only)"), max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(PledgeQuerySet)()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["occurrence", "country"], name="pledges_by_country")]
        constraints = [
            # Words that were erased are empty.
            models.UniqueConstraint(
                fields=["occurrence", "organisation", "country", "activity"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(activity=""),
                name="the_same_is_pledged_once",
            )
        ]

    def __str__(self) -> str:
        return self.activity[:60]

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    @property
    def anchor(self) -> str:
        return f"p{self.pk}"

    def erase_texts(self) -> None:
        Pledge.objects.filter(pk=self.pk).update(activity="", audience="", partners="", contact_role="")
        gone = gettext("deleted permanently")
        Feedback.objects.filter(pledge=self.pk).exclude(done="").update(done=gone)
        Feedback.objects.filter(pledge=self.pk).update(what_worked="", words="")


class Feedback(models.Model):
    """What came of a pledge. `reached` counts people, as far as its organisation can tell.

    `words` are shown beside the call of the next year only where `may_be_quoted`.
    """

    class Answer(models.IntegerChoices):
        # Translators: answer to a feedback question such as “Was it worth the effort?”
        NO = 1, _("no")
        # Translators: answer to a feedback question, between “no” and “mostly yes”
        RATHER_NOT = 2, _("mostly no")
        # Translators: answer to a feedback question, between “mostly no” and “yes”
        RATHER = 3, _("mostly yes")
        YES = 4, _("yes")

    pledge = models.OneToOneField(Pledge, models.CASCADE, related_name="feedback")
    done = models.TextField(_("what was done"))
    reached = models.PositiveIntegerField(_("number of people reached"), null=True, blank=True)
    what_worked = models.TextField(_("what worked"), blank=True)
    words = models.TextField(_("how the event was for you"), blank=True)
    may_be_quoted = models.BooleanField(_("may be quoted in next year's call for pledges"), default=False)
    was_worth_it = models.PositiveSmallIntegerField(
        _("Was it worth the effort?"), choices=Answer, null=True, blank=True
    )
    had_what_was_needed = models.PositiveSmallIntegerField(
        _("Did you have the materials you needed?"), choices=Answer, null=True, blank=True
    )
    would_again = models.PositiveSmallIntegerField(
        _("Would you take part again?"), choices=Answer, null=True, blank=True
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = Manager["Feedback"]()

    def __str__(self) -> str:
        return self.done[:60]
