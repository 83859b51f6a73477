"""Searches that a person keeps. What somebody looks for is theirs alone: no activity tells of it."""

from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager

MAX_SEARCH_NAME_LENGTH = 120
MAX_QUERY_LENGTH = 1_500  # a normalised query string: 300 characters of words, each escaped at worst, and the limits


class SavedSearch(models.Model):
    """`query` is the query string of the search's address, normalised, so that the same search is kept once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_searches")
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=MAX_SEARCH_NAME_LENGTH)
    query = models.CharField(max_length=MAX_QUERY_LENGTH)
    created_at = models.DateTimeField(default=timezone.now)

    objects = Manager["SavedSearch"]()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(fields=["person", "coalition", "query"], name="a_person_keeps_a_search_once")
        ]

    def __str__(self) -> str:
        return self.name

    def parse_query(self) -> QueryDict:
        return QueryDict(self.query)
