"""Organisations, as a coalition knows them."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models.coalition import AreaOfWork, Coalition
from jukwaa.core.dates import PartialDate
from jukwaa.core.db import Manager, build_display_method
from jukwaa.places.regions import RegionalGroup, StakeholderGroup, has_region_distinct_from_group


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of(self, coalition: Coalition) -> Self:
        """Those of the directory: what was merged away stands in it no more."""
        return self.filter(coalition=coalition, merged_into__isnull=True)

    def with_membership(self, day: date | None = None) -> Self:
        """Each with `is_member` and `was_member`."""
        memberships = _get_memberships_of_organisation()
        active = Exists(memberships.active(day))
        return self.annotate(is_member=active, was_member=~active & Exists(memberships.ever_belonged()))

    def with_standing(self, day: date | None = None) -> Self:
        """Each with `is_member`, `was_member`, `observes` and the first day, as far as it is known.

        `has_taken_part`: came to a meeting or is named in the record, which makes nobody an observer.
        """
        memberships = _get_memberships_of_organisation()
        active = memberships.active(day)
        observing = Exists(memberships.observers_in_force(day))
        is_named = Exists(_get_related_queryset("Capacity").filter(organisation=OuterRef("pk")))
        first = active.order_by(F("starts_on").asc(nulls_first=True))
        first_observed = memberships.observers_in_force(day).order_by(F("starts_on").asc(nulls_first=True))
        return self.with_membership(day).annotate(
            member_since=Subquery(first.values("starts_on")[:1]),
            member_since_precision=Subquery(first.values("starts_precision")[:1]),
            observes=~Exists(active) & observing,
            observer_since=Subquery(first_observed.values("starts_on")[:1]),
            observer_since_precision=Subquery(first_observed.values("starts_precision")[:1]),
            has_taken_part=is_named,
        )


def _get_memberships_of_organisation() -> Any:
    """Of the organisation of a query around it."""
    return _get_related_queryset("Membership").filter(organisation=OuterRef("pk"), coalition=OuterRef("coalition"))


def _get_related_queryset(model_label: str) -> Any:
    """Rows of `people.py`, which stands on this file and so can't be imported here."""
    return apps.get_model("coalitions", model_label)._default_manager.all()  # noqa: SLF001 - public by Django's word


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
    about = models.TextField(_("what the organisation does"), blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    version = models.PositiveIntegerField(default=1)

    objects = Manager.from_queryset(OrganisationQuerySet)()

    get_regional_group_display = build_display_method("regional_group", RegionalGroup)
    get_stakeholder_group_display = build_display_method("stakeholder_group", StakeholderGroup)

    class Meta:
        ordering = [Lower("name")]
        indexes = [models.Index("coalition", Lower("name"), "id", name="organisation_by_name")]
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

    @property
    def has_region(self) -> bool:
        return has_region_distinct_from_group(self.regional_group, self.stakeholder_group)

    def get_absolute_url(self) -> str:
        return reverse("coalitions:organisation_detail", args=[self.coalition.slug, self.pk])

    @property
    def known_since(self) -> PartialDate | None:
        """Since when it is a member or an observer, as far as that is known; of one that was read `with_standing`."""
        kind = "observer" if getattr(self, "observes", False) else "member"
        since = getattr(self, f"{kind}_since", None)
        return PartialDate(since, getattr(self, f"{kind}_since_precision", "day")) if since else None


class OrganisationLogo(models.Model):
    """The logo of an organisation, drawn anew as a small PNG: it is part of each page that names the organisation."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="logo")
    image = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=16)  # of the image: its address changes with it

    objects = Manager["OrganisationLogo"]()

    def __str__(self) -> str:
        return str(self.organisation)


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


class KeptApart(models.Model):
    """Two organisations that look like one and are two: a coordinator said so, and is not asked again."""

    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    objects = Manager["KeptApart"]()

    class Meta:
        verbose_name_plural = "kept apart"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_are_kept_apart_once"),
            models.CheckConstraint(name="the_lower_of_two_kept_apart_comes_first", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"
