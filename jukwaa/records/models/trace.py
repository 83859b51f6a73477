"""Where a record comes from, and how records hang together."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jukwaa.core.db import Manager
from jukwaa.records.models.documents import Document
from jukwaa.records.models.record import Record


class Source(models.Model):
    """The passage of a document from which a record was made: `document.text[start:end] == quote`.

    Where the passage names who spoke under the Chatham House Rule, there is no quote and no span.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="sources")
    document = models.ForeignKey(Document, models.PROTECT, related_name="cited_by")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    number = models.PositiveIntegerField(null=True)  # of the sentence, as people count

    objects = Manager["Source"]()

    class Meta:
        ordering = ["document", "start"]
        constraints = [
            models.CheckConstraint(
                name="a_source_has_its_whole_span_or_none",
                condition=Q(start__isnull=True, end__isnull=True, quote="")
                | (Q(start__isnull=False, end__isnull=False, end__gt=F("start")) & ~Q(quote="")),
            ),
            models.UniqueConstraint(fields=["record", "document", "start"], name="a_passage_is_a_source_once"),
        ]

    def __str__(self) -> str:
        return self.quote


class Link(models.Model):
    """One record to another, with the name of the relation, read from `from_record` to `to_record`."""

    class Relation(models.TextChoices):
        CITES = "cites", _("cites")
        ANSWERS = "answers", _("answers")
        BEGAN_AS = "began-as", _("began as")
        ADAPTED_FROM = "adapted-from", _("adapted from")
        SUPERSEDES = "supersedes", _("supersedes")
        FULFILS = "fulfils", _("fulfils")
        TRANSLATES = "translates", _("translates")

    from_record = models.ForeignKey(Record, models.CASCADE, related_name="links_out")
    to_record = models.ForeignKey(Record, models.CASCADE, related_name="links_in")
    relation = models.CharField(max_length=20, choices=Relation)
    # Which version of the other record it was made from, for what is translated or adapted: later ones are news to it.
    version = models.PositiveIntegerField(null=True, blank=True)

    objects = Manager["Link"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_record", "to_record", "relation"], name="two_records_are_linked_once"
            ),
            models.CheckConstraint(name="a_record_is_not_linked_to_itself", condition=~Q(from_record=F("to_record"))),
        ]

    def __str__(self) -> str:
        return self.get_relation_display()
