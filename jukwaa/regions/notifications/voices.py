"""News of what others of a region say to an observation: to those who wrote it, and those who spoke to it before."""

from collections.abc import Iterator
from functools import partial

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.records.models import Authorship, State
from jukwaa.regions.models import Voice
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_email
from jukwaa.updates.recipients import group_people_by_visible_name
from jukwaa.updates.registries import notifications


@notifications.register(("voice", "spoke"), ("voice", "changed"))
def notify_voice_added(activity: Activity) -> Iterator[NotificationEmail]:
    """With the name that each of them may read. What was said otherwise meanwhile is told by what stands."""
    voices = Voice.objects.select_related("item__coalition", "capacity__person")
    voice = voices.filter(pk=activity.object_id, stands=True, item__state=State.PUBLISHED).first()
    if voice is None:
        return
    readers = group_people_by_visible_name(voice.capacity, _find_voice_recipients(voice), voice.item.coalition)
    for who, people in readers.items():
        yield NotificationEmail(
            coalition=voice.item.coalition,
            people=people,
            topic=EmailTopic.COMMENTS,
            write=partial(_render_voice_email, voice, who),
            record=voice.item,
            but=frozenset({voice.author_id}),
        )


def _find_voice_recipients(observation_voice: Voice) -> list[Person]:
    authors = Authorship.objects.filter(record=observation_voice.item_id).select_related("person")
    others = Voice.objects.filter(item=observation_voice.item_id).select_related("author").order_by("pk")
    return list(dict.fromkeys([*(row.person for row in authors), *(row.author for row in others)]))


def _render_voice_email(observation_voice: Voice, recipient_role: str) -> EmailText:
    path = f"{observation_voice.item.get_absolute_url()}#voice-{observation_voice.pk}"
    return render_email(
        "regions/email/voice.txt", path, who=recipient_role, title=observation_voice.item.title, voice=observation_voice
    )
