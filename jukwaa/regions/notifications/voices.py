"""News of what others of a region say to an observation: to those who wrote it, and those who spoke to it before."""

from collections.abc import Iterator
from functools import partial

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.records.models import Authorship, State
from jukwaa.regions.models import Voice
from jukwaa.updates.letters import News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import by_name_shown
from jukwaa.updates.registries import notifications


@notifications.register(("voice", "spoke"), ("voice", "changed"))
def spoke(activity: Activity) -> Iterator[News]:
    """With the name that each of them may read. What was said otherwise meanwhile is told by what stands."""
    voices = Voice.objects.select_related("item__coalition", "capacity__person")
    voice = voices.filter(pk=activity.object_id, stands=True, item__state=State.PUBLISHED).first()
    if voice is None:
        return
    readers = by_name_shown(voice.capacity, _who_listens(voice), voice.item.coalition)
    for who, people in readers.items():
        yield News(
            coalition=voice.item.coalition,
            people=people,
            topic=Topic.COMMENTS,
            write=partial(_voice, voice, who),
            record=voice.item,
            but=frozenset({voice.author_id}),
        )


def _who_listens(voice: Voice) -> list[Person]:
    authors = Authorship.objects.filter(record=voice.item_id).select_related("person")
    others = Voice.objects.filter(item=voice.item_id).select_related("author").order_by("pk")
    return list(dict.fromkeys([*(row.person for row in authors), *(row.author for row in others)]))


def _voice(voice: Voice, who: str) -> Text:
    path = f"{voice.item.get_absolute_url()}#voice-{voice.pk}"
    return render_email("regions/email/voice.txt", path, who=who, title=voice.item.title, voice=voice)
