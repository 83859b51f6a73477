"""Where a record comes from, and how records hang together."""

from django.db import connections, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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


LINKED_RECORDS_SQL = """
    WITH RECURSIVE family(id) AS (
        SELECT CAST(%s AS bigint)
        UNION
        SELECT {other} FROM records_link AS link
        JOIN family ON {here}
        WHERE link.relation = %s
    )
    SELECT id FROM family LIMIT %s
"""
MAX_LINKED_RECORDS = 200  # in one family: no page shows more
OTHER_LINK_END_SQL = "CASE WHEN link.to_record_id = family.id THEN link.from_record_id ELSE link.to_record_id END"


class LinkQuerySet(models.QuerySet["Link"]):
    """Links hang together: how far, one recursive query tells, whoever may read what lies between."""

    def get_ancestor_ids(self, pk: int, relation: str) -> set[int]:
        """The numbers of this record and of all that it leads to by this relation, directly or not."""
        return self._fetch_linked_ids(
            pk, relation, "link.to_record_id", "link.from_record_id = family.id", max_ids=1_000_000
        )

    def get_connected_ids(self, pk: int, relation: str) -> set[int]:
        """The numbers of this record and of what hangs together with it by this relation, the nearest of it."""
        here = "family.id = link.from_record_id OR family.id = link.to_record_id"
        return self._fetch_linked_ids(pk, relation, OTHER_LINK_END_SQL, here, max_ids=MAX_LINKED_RECORDS)

    def _fetch_linked_ids(
        self, pk: int, relation: str, end_column: str, start_column: str, *, max_ids: int
    ) -> set[int]:
        with connections[self.db].cursor() as cursor:
            cursor.execute(LINKED_RECORDS_SQL.format(other=end_column, here=start_column), [pk, relation, max_ids])
            return {number for (number,) in cursor.fetchall()}


class Link(models.Model):
    """One record to another, with the name of the relation, read from `from_record` to `to_record`."""

    class Relation(models.TextChoices):
        CITES = "cites", _("cites")
        ANSWERS = "answers", pgettext_lazy("this record answers another", "answers")
        BEGAN_AS = "began-as", _("began as")
        ADAPTED_FROM = "adapted-from", _("adapted from")
        SUPERSEDES = "supersedes", _("replaces")
        FULFILS = "fulfils", _("fulfils")
        TRANSLATES = "translates", _("translates")
        RELATES_TO = "relates-to", _("relates to")

    from_record = models.ForeignKey(Record, models.CASCADE, related_name="links_out")
    to_record = models.ForeignKey(Record, models.CASCADE, related_name="links_in")
    relation = models.CharField(max_length=20, choices=Relation)
    # Which version of the other record it was made from, for what is translated or adapted: later ones are news to it.
    version = models.PositiveIntegerField(null=True, blank=True)

    objects = Manager.from_queryset(LinkQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_record", "to_record", "relation"], name="two_records_are_linked_once"
            ),
            models.CheckConstraint(name="a_record_is_not_linked_to_itself", condition=~Q(from_record=F("to_record"))),
        ]

    def __str__(self) -> str:
        return self.get_relation_display()
