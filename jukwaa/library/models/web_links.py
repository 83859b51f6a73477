"""Pages elsewhere that belong to an item."""

from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.core.db import Manager
from jukwaa.library.models.items import Item

MAX_URL_LENGTH = 1_000


class WebLink(models.Model):
    """Who may read the item may read its links. Only http and https lead anywhere that a browser shows safely."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="web_links")
    url = models.URLField(max_length=MAX_URL_LENGTH)
    title = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = Manager["WebLink"]()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "url"], name="an_item_has_a_link_once"),
            models.CheckConstraint(
                name="a_link_leads_to_the_web", condition=Q(url__startswith="https://") | Q(url__startswith="http://")
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def host(self) -> str:
        """Where it leads, in the letters that no other letters can be mistaken for."""
        host = urlsplit(self.url).hostname or ""
        try:
            return host.encode("idna").decode()
        except UnicodeError:
            return host
