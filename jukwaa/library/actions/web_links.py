"""Adding a page elsewhere to an item, and taking it away."""

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.transactions import lock_row
from jukwaa.library import policies
from jukwaa.library.models import Item, WebLink


@action
def add_web_link(*, actor: Person, item: Item, url: str, title: str = "") -> WebLink:
    """Add a page elsewhere, once. The address must have been checked. Raises PermissionDenied."""
    current = _lock_editable_item(actor, item)
    if there := WebLink.objects.filter(item=current.pk, url=url).first():
        return there
    link = WebLink.objects.create(item=current, url=url, title=title, added_by=actor)
    current.handle_file_attached()  # it is new to whoever read the item before
    record_activity(actor=actor, verb="added-link", subject=current, coalition=item.coalition)
    return link


@action
def remove_web_link(*, actor: Person, link: WebLink) -> None:
    """Raises PermissionDenied."""
    current = _lock_editable_item(actor, link.item)
    link.delete()
    record_activity(actor=actor, verb="removed-link", subject=current, coalition=current.coalition)


def _lock_editable_item(actor: Person, item: Item) -> Item:
    current = lock_row(item)
    if not (current.is_open_to_change and policies.can_edit_library_record(ViewerContext(actor), current)):
        raise PermissionDenied
    return current
