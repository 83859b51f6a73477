"""Buttons and forms of the intake that are there only in a certain state: see `tests/quarantine_scenes.py`."""

from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.updates.models import ListImport, ListPost
from tests.quarantine_scenes import (
    SCENE_BY_ROUTE,
    PostTarget,
    build_author_post_target,
    get_scene_reading,
    register_scene,
)
from tests.world import World

__all__ = ["SCENE_BY_ROUTE"]


@register_scene("intake:list_post_hide", "intake:list_post_show")
def build_kept_post_scene(world: World, name: str) -> PostTarget:
    facts = {"thread": "scene", "body": "We agreed.", "posted_at": timezone.now()}
    post, _new = ListPost.objects.get_or_create(coalition=world.coalition, message_id="scene", defaults=facts)
    return build_author_post_target(world, name, post.pk)


@register_scene("intake:list_posts_open")
def build_new_posts_scene(world: World, name: str) -> PostTarget:
    Coalition.objects.filter(pk=world.coalition.pk).update(list_readers="public")
    return build_author_post_target(world, name, version="1")


@register_scene("intake:list_import_open", "intake:list_import_undo")
def build_read_import_scene(world: World, name: str) -> PostTarget:
    brought = ListImport.objects.filter(coalition=world.coalition, state="read").first()
    if brought is None:
        author = world.people["author"]
        brought = ListImport.objects.create(coalition=world.coalition, by=author, name="list.mbox", state="read")
    return build_author_post_target(world, name, brought.pk)


@register_scene("intake:actors_match")
def build_actors_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, get_scene_reading(world).pk)
