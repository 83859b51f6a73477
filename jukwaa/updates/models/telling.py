"""Who was told what, and what each person wants to be told."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Affiliation, Coalition
from jukwaa.core.db import Manager
from jukwaa.mail.models import Message
from jukwaa.records.models import Record


class EmailTopic(models.TextChoices):
    """What a mail is about: each can be chosen and ended by itself."""

    CONCERNS = "concerns", _("Applications, affiliations, roles and requests that concern me")
    COMMENTS = "comments", _("Comments on records that I wrote or commented on, replies and mentions")
    REMINDERS = "reminders", _("Reminders of deadlines")
    TRAVELS = "travels", _("Use of items that I shared, and changes to items that I used or translated")
    NEWS = "news", _("New meetings and reports")
    DIGEST = "digest", _("Digest of what I follow, once a week or once a day")


DEFAULT_EMAIL_TOPICS = frozenset(
    {EmailTopic.CONCERNS, EmailTopic.COMMENTS, EmailTopic.REMINDERS, EmailTopic.TRAVELS, EmailTopic.DIGEST}
)


class Told(models.Model):
    """An activity of which everybody was told who is to be told. It is written together with the mails."""

    activity = models.OneToOneField(Activity, models.PROTECT, primary_key=True, related_name="told")

    objects = Manager["Told"]()

    class Meta:
        verbose_name_plural = "told"

    def __str__(self) -> str:
        return str(self.activity_id)


class ToldUntil(models.Model):
    """Every activity up to this id was told, and is old enough that none with a lower id is still on its way."""

    activity_id = models.PositiveBigIntegerField(default=0)

    objects = Manager["ToldUntil"]()

    class Meta:
        verbose_name_plural = "told until"

    def __str__(self) -> str:
        return str(self.activity_id)


class MailChoiceQuerySet(models.QuerySet["MailChoice"]):
    def find_wanting_person_ids(
        self, people: Iterable[Person], coalition: Coalition, mail_topic: str, *, is_required: bool = False
    ) -> set[int]:
        """The ids of those among them who get mail of this topic, in one query.

        Unless it is required, nobody gets any who refuses it according to an imported list: see
        `AffiliationQuerySet.refusing_email`. What they chose by themselves always counts.
        """
        pks = {person.pk for person in people}
        said = self.filter(person__in=pks, coalition=coalition, topic=mail_topic).values_list("person", "wanted")
        refusing = Affiliation.objects.refusing_email().filter(person__in=pks, organisation__coalition=coalition)
        no = Value(False, output_field=models.BooleanField())
        refusals = refusing.none() if is_required else refusing
        rows = list(said.order_by().union(refusals.order_by().values_list("person", no)))
        unwanted = {pk for pk, is_wanted in rows if not is_wanted}
        wanted = pks if mail_topic in DEFAULT_EMAIL_TOPICS else {pk for pk, is_wanted in rows if is_wanted}
        return wanted - unwanted


class MailChoice(models.Model):
    """What a person said about mail of one topic from one coalition. Without a row, the default holds."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mail_choices")
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=12, choices=EmailTopic)
    wanted = models.BooleanField()

    objects = Manager.from_queryset(MailChoiceQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "coalition", "topic"], name="a_person_chooses_once_for_a_topic")
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.wanted}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def held(self, coalition: Coalition) -> Self:
        """What waits for a coordinator to see it."""
        return self.filter(coalition=coalition, message__held=True)


class Letter(models.Model):
    """A mail of a coalition's: to whom, and about which record, so that both can be looked at again before it leaves.

    A letter without a person is a post to the mailing list.
    """

    message = models.OneToOneField(Message, models.CASCADE, primary_key=True, related_name="+")
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="letters")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    names = models.ManyToManyField(Record, related_name="+")  # the records that a digest names
    is_first = models.BooleanField(default=False)  # tells a person that they are kept here
    # Of what it tells, and in which language: while it waits to be seen, its reader may choose another one.
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    language = models.CharField(max_length=10, blank=True)
    batch = models.CharField(
        max_length=200, blank=True
    )  # what emails to several people have in common: approved at once

    objects = Manager.from_queryset(LetterQuerySet)()

    def __str__(self) -> str:
        return str(self.message_id)


class CombinedReminders(models.Model):
    """An email that holds several reminders to one person, so that a reply says by its number which one it is about."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["CombinedReminders"]()

    class Meta:
        verbose_name_plural = "combined reminders"

    def __str__(self) -> str:
        return str(self.pk)


class CombinedReminder(models.Model):
    """One of them. `key` is the one under which it would have been sent alone: it is sent once, in either way."""

    email = models.ForeignKey(CombinedReminders, models.CASCADE, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200, blank=True)  # what a reply is about; empty if none is taken

    objects = Manager["CombinedReminder"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["email", "number"], name="a_reminder_has_its_number_once")]

    def __str__(self) -> str:
        return self.key


class FirstMail(models.Model):
    """That a first mail was written to somebody whom others entered: once, even if a coordinator threw it away."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="first_mail")
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["FirstMail"]()

    def __str__(self) -> str:
        return str(self.person_id)
