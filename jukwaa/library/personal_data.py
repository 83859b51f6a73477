"""Personal data: items, reviews and uses."""

from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    RETAINED_WITH_COALITION,
    RETAINED_WITH_RECORD,
    MoveRows,
    PersonalData,
    personal_data_registry,
)
from jukwaa.library.models import Collection, Item, Review, Use, WebLink

personal_data_registry.register(Collection)(
    PersonalData(
        fields=("introduction",),
        purpose="contributions",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person",),
        title=_("Collections"),
        download=("title", "introduction"),
    )
)


def unassign_reviews_of_own_submissions(surviving_person: Person, merged_person: Person) -> None:
    """Nobody reviews what they sent: another person has to be asked. What was decided stays decided."""
    both = [surviving_person.pk, merged_person.pk]
    own = Review.objects.filter(sent_by__in=both, reviewer__in=both)
    own.filter(outcome="").update(reviewer=None, assigned_by=None, accepted_at=None, opened_to_reviewer=False)
    own.update(reviewer=None)


personal_data_registry.register(Review)(
    PersonalData(
        fields=("sent_by", "consent", "reviewer", "assigned_by", "reason", "decided_by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("sent_by", "reviewer"),
        title=_("Reviews that you requested or were asked to do"),
        download=("item", "version", "sent_at", "consent", "accepted_at", "outcome", "reason", "decided_at"),
        merging=MoveRows(prepare=unassign_reviews_of_own_submissions),
    )
)

personal_data_registry.register(Item)(
    PersonalData(
        fields=("what_worked", "what_changed", "how_it_links", "details"),
        purpose="contributions",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person",),
        title=_("Items in the library"),
        download=("title", "what_worked", "what_changed", "how_it_links", "details"),
    )
)

personal_data_registry.register(Use)(
    PersonalData(
        fields=("author", "capacity", "how", "result"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("author",),
        title=_("Uses that you reported"),
        download=("item", "capacity__name", "country", "year", "how", "result", "at"),
    )
)

personal_data_registry.register(WebLink)(
    PersonalData(
        fields=("title", "added_by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("added_by",),
        title=_("Web links that you added"),
        download=("item", "url", "title", "added_at"),
    )
)
