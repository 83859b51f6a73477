"""Briefs for policy makers. A brief is a text of that form: what stands here is what a brief has beside its clauses."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Membership, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager
from jukwaa.drafting.models import Edition, Form, Text
from jukwaa.library.models import Use
from jukwaa.records.models import Record

BRIEF_TEXT_FORM = Form.BRIEF


class BriefShape(models.Model):
    """To whom a brief is addressed, and which clauses stand in its short version, from a step of its text on.

    As a clause stands from one step to another, so does this: an edition keeps the shape that it was published in.
    """

    text = models.ForeignKey(Text, models.CASCADE, related_name="shapes")
    step = models.PositiveIntegerField()
    addressed_to = models.JSONField(default=list, blank=True)  # names of `data/addressees.toml`
    short = models.JSONField(default=list, blank=True)  # numbers of clauses
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["BriefShape"]()

    class Meta:
        ordering = ["text", "-step"]
        constraints = [models.UniqueConstraint(fields=["text", "step"], name="a_brief_has_one_shape_at_a_step")]

    def __str__(self) -> str:
        return f"{self.text_id} from {self.step}"


class BriefTranslation(models.Model):
    """A brief in another language: a text of its own, with the step of the original that it says."""

    text = models.OneToOneField(Text, models.CASCADE, related_name="translation_of")
    original = models.ForeignKey(Text, models.CASCADE, related_name="translations")
    step = models.PositiveIntegerField()

    objects = Manager["BriefTranslation"]()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_brief_is_not_its_own_translation", condition=~Q(text=models.F("original")))
        ]

    def __str__(self) -> str:
        return f"{self.text_id} of {self.original_id}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Members who may read the brief, whatever its label: whom one talks to in a ministry is not for the world."""
        if not viewer.is_authenticated:
            return self.none()
        readable = Text.objects.visible_to(viewer).filter(pk=OuterRef("edition__text"))
        seats = Membership.objects.seats_of(viewer).filter(coalition=OuterRef("edition__text__coalition"))
        return self.filter(Exists(readable), Exists(seats))


class Delivery(models.Model):
    """An edition was handed to policy makers. It names an office or a body, never a person."""

    class Length(models.TextChoices):
        TWO = "two", _("2 pages")
        FIVE = "five", _("5 pages")

    class How(models.TextChoices):
        MAIL = "mail", pgettext_lazy("delivery of a brief", "by email")
        HANDED = "handed", _("handed over in person")
        MEETING = "meeting", _("in a meeting")
        HEARING = "hearing", _("at a hearing or a consultation")
        POST = "post", _("by post")
        OTHER = "other", _("in another way")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="deliveries")
    to = models.CharField(max_length=40)  # a name of `data/addressees.toml`
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField(_("name of the body"), max_length=200, blank=True)
    length = models.CharField(max_length=5, choices=Length)
    how = models.CharField(max_length=10, choices=How)
    on: models.DateField[date, date] = models.DateField(_("date"))
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(DeliveryQuerySet)()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(
                name="a_delivery_names_who_received_it", condition=Q(organisation__isnull=False) | ~Q(body="")
            )
        ]

    def __str__(self) -> str:
        return self.receiver

    @property
    def receiver(self) -> str:
        return self.organisation.name if self.organisation else self.body


class BriefQuestion(models.Model):
    """What those who received a brief asked, and what they were answered."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="questions")
    asked_on: models.DateField[date, date] = models.DateField()
    words = models.TextField(_("follow-up question"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Capacity, models.PROTECT, null=True, blank=True, related_name="+")
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager["BriefQuestion"]()

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_answer_to_a_brief_has_its_day",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]


class BriefUse(models.Model):
    """That a brief was used, as the library says it of its item, with what shows it."""

    use = models.OneToOneField(Use, models.CASCADE, related_name="of_brief")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="used_in")
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, blank=True, related_name="uses")
    url = models.CharField(_("evidence on the web"), max_length=1000, blank=True)
    record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Manager["BriefUse"]()

    class Meta:
        ordering = ["-use__year", "-pk"]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.use_id}"
