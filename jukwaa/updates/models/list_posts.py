"""The archive of the coalition's mailing list: posts that came by email or from a file, and the imports of files."""

from datetime import UTC, datetime
from typing import Self

from django.db import models
from django.db.models import Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.coalition import ListReaders
from jukwaa.coalitions.standing import Standing
from jukwaa.core.db import Manager
from jukwaa.records.models import Document

UNDATED_POST_DATE = datetime(
    1970, 1, 1, tzinfo=UTC
)  # of a post that gives none: it comes last where the newest come first


LIST_POST_ORDER = ("-is_dated", "posted_at", "pk")  # of a thread


class ListImport(models.Model):
    """One mbox file on its way into the archive. Until it is opened, only coordinators see its posts."""

    class State(models.TextChoices):
        READING = "reading"
        READ = "read"  # waits to be opened or undone
        OPEN = "open"
        FAILED = "failed"
        UNDONE = "undone"

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="list_imports")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="list-imports/%Y/%m/", blank=True)  # until it has been read
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)  # were in the archive already, or twice in the file
    held = models.PositiveIntegerField(default=0)  # in quarantine
    undated = models.PositiveIntegerField(default=0)
    cut = models.PositiveIntegerField(default=0)  # of which only the beginning is kept
    problem = models.TextField(blank=True)  # why nothing was imported, in a sentence

    objects = Manager["ListImport"]()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            # Otherwise undoing one import would take posts away that another one brought as well.
            models.UniqueConstraint(
                fields=["coalition"], condition=Q(state__in=["reading", "read"]), name="one_list_import_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("intake:list_import_detail", args=[self.coalition.slug, self.pk])


class ListPostQuerySet(models.QuerySet["ListPost"]):
    def visible_to(self, viewer_standing: Standing) -> Self:
        """What this viewer can read of the archive of one coalition.

        Coordinators see all of it. Members also see posts that came by email and that nobody has opened to the public.
        """
        coalition = viewer_standing.coalition
        posts = self.filter(coalition=coalition)
        if viewer_standing.is_coordinator:
            return posts.exclude(brought__state=ListImport.State.READING)
        if viewer_standing.is_inside and coalition.list_readers != ListReaders.NOBODY:
            return posts.filter(Q(brought__isnull=True) | Q(is_open=True), hidden_at__isnull=True)
        return posts.public() if coalition.list_readers == ListReaders.PUBLIC else posts.none()

    def public(self) -> Self:
        """What everyone can read where the archive is open to everyone."""
        return self.filter(is_open=True, hidden_at__isnull=True)

    def in_thread_order(self) -> Self:
        """As in a thread: the oldest first, and those without a date at the end."""
        return self.order_by(*LIST_POST_ORDER)

    def first_of_threads(self) -> Self:
        """Of each thread the post that began it, as far as it is among these."""
        place = Window(RowNumber(), partition_by="thread", order_by=LIST_POST_ORDER)
        return self.annotate(place=place).filter(place=1).order_by()


class ListPost(models.Model):
    """A post of the coalition's mailing list, as it came in. Of its sender no address is kept, only the name.

    `person` is who sent it, where the directory has that address; their name is shown by the rule of public names.
    """

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="list_posts")
    message_id = models.CharField(max_length=260)
    thread = models.CharField(max_length=260)  # the Message-ID of the post that began it
    subject = models.CharField(max_length=250, blank=True)
    sender = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    body = models.TextField()
    posted_at = models.DateTimeField()
    is_dated = models.BooleanField(default=True)
    is_open = models.BooleanField(default=False)  # a coordinator has opened it to the readers of the archive
    brought = models.ForeignKey(ListImport, models.CASCADE, null=True, blank=True, related_name="posts")
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_because = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Manager.from_queryset(ListPostQuerySet)()

    class Meta:
        ordering = ["-posted_at", "-pk"]
        indexes = [
            models.Index(fields=["coalition", "-posted_at"], name="list_posts_of_coalition"),
            models.Index(fields=["coalition", "thread", "posted_at"], name="list_posts_of_thread"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["coalition", "message_id"], name="a_post_is_kept_once"),
            models.CheckConstraint(
                name="a_hidden_post_has_a_reason", condition=Q(hidden_at__isnull=True) | ~Q(hidden_because="")
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("intake:list_post", args=[self.coalition.slug, self.pk])
