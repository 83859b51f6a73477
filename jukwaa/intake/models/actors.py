"""Who is named in a reading, and whom in the directory that means: decided once for the whole of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.core.db import Manager
from jukwaa.intake.models.readings import Reading


class Actor(models.Model):
    """A name as the document writes it."""

    class Means(models.TextChoices):
        MATCHED = "matched", _("an organisation in the directory")
        NEW = "new", _("a new organisation")
        AS_WRITTEN = "as-written", _("the name as written, without a match")

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="actors")
    written = models.CharField(max_length=250)
    means = models.CharField(max_length=12, choices=Means, default=Means.AS_WRITTEN)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    likely = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")  # a question
    new_name = models.CharField(_("name of the organisation"), max_length=200, blank=True)
    is_group = models.BooleanField(default=False)  # "members": people, but nobody that is named
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Manager["Actor"]()

    offered_person: Person | None = None  # of the organisation that it may well mean; set for pages that offer a match

    class Meta:
        ordering = ["written"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "written"], name="a_name_is_decided_once_in_a_reading"),
            models.CheckConstraint(
                name="an_actor_is_matched_or_new_or_neither",
                condition=Q(means="matched", organisation__isnull=False)
                | Q(means="new", organisation__isnull=True) & ~Q(new_name="")
                | Q(means="as-written", organisation__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.written

    @property
    def known_organisation(self) -> Organisation | None:
        """The organisation that it means today."""
        return resolve_merged_organisation(self.organisation)

    @property
    def suggested_organisation(self) -> Organisation | None:
        """Whom it may well mean, if nobody has said."""
        return resolve_merged_organisation(self.likely) if self.is_open else None

    @property
    def offer(self) -> str:
        """The match to offer: the organisation, after the person where the name may mean one."""
        organisation = self.suggested_organisation
        if organisation is None or self.offered_person is None:
            return organisation.name if organisation else ""
        return f"{self.offered_person.name} ({organisation.name})"

    @property
    def is_open(self) -> bool:
        """Whether it is worth asking who this is: a name, and nobody has said."""
        return self.means == self.Means.AS_WRITTEN and self.decided_by_id is None and not self.is_group

    @property
    def display_name(self) -> str:
        """The name that the record will have."""
        if self.means == self.Means.NEW:
            return self.new_name
        organisation = self.known_organisation
        return organisation.name if organisation else self.written


def resolve_merged_organisation(organisation: Organisation | None) -> Organisation | None:
    """Whatever it was merged into meanwhile."""
    while organisation is not None and organisation.merged_into is not None:
        organisation = organisation.merged_into
    return organisation
