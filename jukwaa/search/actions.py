"""Save, rename and remove searches. They concern nobody else, so no activity is written."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.search.models import SavedSearch

MAX_SAVED_SEARCHES = 50  # of a person in a coalition


@atomic_with_retry
def save_search(*, person: Person, coalition: Coalition, name: str, query_text: str) -> SavedSearch:
    """Keep the search of this query string. The same search saved again takes on the new name. Raises ActionRefused."""
    own = SavedSearch.objects.filter(person=person, coalition=coalition)
    if not own.filter(query=query_text).exists() and own.count() >= MAX_SAVED_SEARCHES:
        raise ActionRefused(_("Remove a saved search first. You can save at most 50 searches."))
    saved, _created = SavedSearch.objects.update_or_create(
        person=person, coalition=coalition, query=query_text, defaults={"name": name}
    )
    return saved


def rename_saved_search(*, saved_search: SavedSearch, search_name: str) -> None:
    saved_search.name = search_name
    saved_search.save(update_fields=["name"])


def remove_saved_search(*, saved_search: SavedSearch) -> None:
    """What follows it ends with it. Removing it again changes nothing."""
    saved_search.delete()
