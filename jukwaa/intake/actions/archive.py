"""The archive of the mailing list: import a file, open it, undo it; choose who can read it; hide single posts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.coalition import ListReaders
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.core.uploads import clean_filename
from jukwaa.intake import policies
from jukwaa.intake.tasks import read_list_import
from jukwaa.updates.models import ListImport, ListPost


def _require_list_archive_manager(actor: Person, coalition: Coalition) -> None:
    if not policies.can_manage_list_archive(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only a coordinator can manage the archive of the mailing list."))


@action
def start_list_import(*, actor: Person, coalition: Coalition, uploaded_file: File[bytes]) -> ListImport:
    """Keep an mbox file, and read it in the background. Raises PermissionDenied and ActionRefused."""
    _require_list_archive_manager(actor, coalition)
    waiting = [ListImport.State.READING, ListImport.State.READ]
    sentence = _("Publish or undo the import of “%(name)s” first. Only 1 import can be checked at a time.")
    if there := ListImport.objects.filter(coalition=coalition, state__in=waiting).first():
        raise ActionRefused(sentence % {"name": there.name}, "file")
    name = clean_filename(uploaded_file.name or "", fallback_name="archive.mbox")
    brought = ListImport(coalition=coalition, by=actor, name=name)
    brought.file.save(name, uploaded_file, save=False)
    try:
        brought.save()
    except IntegrityError as error:  # sent twice at the same moment
        raise ActionRefused(sentence % {"name": name}, "file") from error
    record_activity(actor=actor, verb="brought", subject=brought, coalition=coalition)
    read_list_import.enqueue(brought.pk)
    return brought


def _lock_processed_import(list_import: ListImport) -> ListImport:
    current = lock_row(list_import)
    if current.state != ListImport.State.READ:
        raise ActionRefused(_("This import has already been published or undone, or is still being processed."))
    return current


@action
def publish_list_import(*, actor: Person, list_import: ListImport) -> ListImport:
    """From now on the readers of the archive can read its posts. Raises PermissionDenied and ActionRefused."""
    _require_list_archive_manager(actor, list_import.coalition)
    current = _lock_processed_import(list_import)
    current.state = ListImport.State.OPEN
    current.save(update_fields=["state"])
    current.posts.update(is_open=True)
    record_activity(actor=actor, verb="opened", subject=current, coalition=list_import.coalition)
    return current


@action
def undo_list_import(*, actor: Person, list_import: ListImport) -> ListImport:
    """Take its posts away, before anybody else has seen them. Raises PermissionDenied and ActionRefused."""
    _require_list_archive_manager(actor, list_import.coalition)
    current = _lock_processed_import(list_import)
    current.state = ListImport.State.UNDONE
    current.save(update_fields=["state"])
    current.posts.all().delete()
    record_activity(actor=actor, verb="undone", subject=current, coalition=list_import.coalition)
    return current


@action
def choose_list_readers(*, actor: Person, coalition: Coalition, reader_choice: str) -> Coalition:
    """Choose who can read the archive. Raises PermissionDenied.

    Opening it to everyone opens the posts that came by email until now; later ones wait for `open_new_posts`.
    """
    _require_list_archive_manager(actor, coalition)
    current = lock_row(coalition)
    if current.list_readers == reader_choice:
        return current
    current.list_readers = reader_choice
    current.save(update_fields=["list_readers"])
    if reader_choice == ListReaders.PUBLIC:
        find_unpublished_list_posts(current).update(is_open=True)
    record_activity(
        actor=actor,
        verb="opened-list" if reader_choice == ListReaders.PUBLIC else "closed-list",
        subject=current,
        coalition=current,
    )
    return current


def find_unpublished_list_posts(coalition: Coalition) -> Any:
    """Return posts that came by email and that nobody has opened to the public, or hidden."""
    return ListPost.objects.filter(coalition=coalition, brought__isnull=True, is_open=False, hidden_at__isnull=True)


@action
def publish_new_list_posts(*, actor: Person, coalition: Coalition, until_day: int) -> int:
    """Open posts that came by email, up to the last one that the coordinator saw. Return how many.

    Anyone can write to a mailing list: nothing becomes public that no coordinator has seen. Raises PermissionDenied.
    """
    _require_list_archive_manager(actor, coalition)
    number: int = find_unpublished_list_posts(coalition).filter(pk__lte=until_day).update(is_open=True)
    if number:
        record_activity(actor=actor, verb="opened-posts", subject=coalition, coalition=coalition)
    return number


@action
def hide_list_post(*, actor: Person, list_post: ListPost, hiding_reason: str) -> ListPost:
    """Hide a post from everybody but coordinators. Raises PermissionDenied and ActionRefused."""
    _require_list_archive_manager(actor, list_post.coalition)
    if not hiding_reason.strip():
        raise ActionRefused(_("Enter a reason. Only coordinators will see it."), "reason")
    current = lock_row(list_post)
    if current.hidden_at is None:
        current.hidden_at, current.hidden_by, current.hidden_because = timezone.now(), actor, hiding_reason.strip()
        current.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
        record_activity(actor=actor, verb="hid", subject=current, coalition=list_post.coalition)
    return current


@action
def show_list_post(*, actor: Person, list_post: ListPost) -> ListPost:
    """Show a hidden post again to those who can read the archive. Raises PermissionDenied."""
    _require_list_archive_manager(actor, list_post.coalition)
    current = lock_row(list_post)
    if current.hidden_at is not None:
        current.hidden_at, current.hidden_by, current.hidden_because = None, None, ""
        current.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
        record_activity(actor=actor, verb="showed", subject=current, coalition=list_post.coalition)
    return current
