"""What somebody needs to carry across the border what is theirs to read."""

import secrets

from django.db import models
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.core.db import Manager


def new_token() -> str:
    return secrets.token_urlsafe(32)


class FeedKeyQuerySet(models.QuerySet["FeedKey"]):
    def get_by_token(self, token: str) -> "FeedKey | None":
        """Whose address this is, if they are still here."""
        keys = self.filter(token=token, person__is_active=True, person__erased_at=None)
        return keys.select_related("person").first()


class FeedKey(models.Model):
    """The secret part of a person's feed addresses: feed readers don't sign in. Whoever has it reads as they do."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="feed_key")
    token = models.CharField(max_length=60, unique=True, default=new_token)
    made_at = models.DateTimeField(default=timezone.now)

    objects = Manager.from_queryset(FeedKeyQuerySet)()

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
