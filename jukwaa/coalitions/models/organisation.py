"""Organisations, as a coalition knows them."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models.coalition import AreaOfWork, Coalition
from jukwaa.core.db import Manager
from jukwaa.places.regions import RegionalGroup, StakeholderGroup


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of(self, coalition: Coalition) -> Self:
        """Those of the directory: what was merged away stands in it no more."""
        return self.filter(coalition=coalition, merged_into__isnull=True)


class Organisation(models.Model):
    """An organisation in one coalition's directory, a member or not."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="organisations")
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    regional_group = models.CharField(
        _("regional group"), max_length=20, choices=RegionalGroup, default=RegionalGroup.UNKNOWN
    )
    stakeholder_group = models.CharField(
        _("stakeholder group"), max_length=25, choices=StakeholderGroup, default=StakeholderGroup.UNKNOWN
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)  # BCP 47 tags
    areas = models.ManyToManyField(
        AreaOfWork, related_name="organisations", blank=True, verbose_name=_("areas of work")
    )
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("what it does"), blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    version = models.PositiveIntegerField(default=1)

    objects = Manager.from_queryset(OrganisationQuerySet)()

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), "coalition", condition=Q(merged_into__isnull=True), name="one_organisation_of_a_name"
            ),
            models.CheckConstraint(
                name="an_organisation_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("coalitions:organisation_detail", args=[self.coalition.slug, self.pk])


class OrganisationName(models.Model):
    """A name or acronym that the organisation has, had, or is written with: the directory matches all of them."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = Manager["OrganisationName"]()

    class Meta:
        ordering = [F("starts_on").asc(nulls_first=True), "name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), "organisation", name="an_organisation_has_a_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
