"""Calls that a coalition has added, beside those that Jukwaa ships with."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager


class CallFileQuerySet(models.QuerySet["CallFile"]):
    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)

    def current(self) -> Self:
        """The last version of each call. A call whose last version is empty has been removed."""
        later = CallFile.objects.filter(
            coalition=OuterRef("coalition"), name=OuterRef("name"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))


class CallFile(models.Model):
    """One version of a call as a coordinator saved it. Rows are only added, so that earlier versions stay."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="call_files")
    name = models.SlugField(max_length=100)
    number = models.PositiveIntegerField(default=1)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now_add=True)

    objects = Manager.from_queryset(CallFileQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "name", "number"], name="call_file_versions_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:call_detail", args=[self.coalition.slug, self.name])
