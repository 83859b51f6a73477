"""Pages that delete and merge accounts, which `tests/test_quarantine.py` posts to."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.deletions import CONFIRM, STOP
from jukwaa.accounts.merge_links import MERGE_LINK_PURPOSE
from jukwaa.accounts.models import AccountDeletion
from jukwaa.mail import signed_links
from tests.factories import PersonFactory
from tests.quarantine_scenes import PostTarget, register_scene
from tests.world import World


@register_scene("accounts:deletion_confirm")
def build_deletion_link_scene(world: World, name: str) -> PostTarget:
    person = world.people["member"]
    return PostTarget(
        AnonymousUser(),
        reverse(name, args=[signed_links.make_signed_token(CONFIRM, {"person": person.pk, "email": person.email})]),
    )


@register_scene("accounts:deletion_keep")
def build_cancel_deletion_scene(world: World, name: str) -> PostTarget:
    deletion = AccountDeletion.objects.create(person=world.people["member"], due_at=timezone.now())
    return PostTarget(
        AnonymousUser(), reverse(name, args=[signed_links.make_signed_token(STOP, {"deletion": deletion.pk})])
    )


@register_scene("accounts:merge_link")
def build_merge_link_scene(world: World, name: str) -> PostTarget:
    person, other = world.people["member"], PersonFactory()
    payload = {"kept": person.pk, "other": other.pk, "email": other.email}
    return PostTarget(person, reverse(name, args=[signed_links.make_signed_token(MERGE_LINK_PURPOSE, payload)]))
