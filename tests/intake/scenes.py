"""Buttons and forms of the list archive that are there only in a certain state: see `tests/quarantine_scenes.py`."""

from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.updates.models import ListImport, ListPost
from tests.quarantine_scenes import SCENES, Place, by_author, scene
from tests.world import World

__all__ = ["SCENES"]


@scene("intake:list_post_hide", "intake:list_post_show")
def kept_post(world: World, name: str) -> Place:
    facts = {"thread": "scene", "body": "We agreed.", "posted_at": timezone.now()}
    post, _new = ListPost.objects.get_or_create(coalition=world.coalition, message_id="scene", defaults=facts)
    return by_author(world, name, post.pk)


@scene("intake:list_posts_open")
def new_posts(world: World, name: str) -> Place:
    Coalition.objects.filter(pk=world.coalition.pk).update(list_readers="public")
    return by_author(world, name, version="1")


@scene("intake:list_import_open", "intake:list_import_undo")
def read_import(world: World, name: str) -> Place:
    brought = ListImport.objects.filter(coalition=world.coalition, state="read").first()
    if brought is None:
        author = world.people["author"]
        brought = ListImport.objects.create(coalition=world.coalition, by=author, name="list.mbox", state="read")
    return by_author(world, name, brought.pk)
