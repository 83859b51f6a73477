"""News of joint work: that a text waits to be signed, that it is in force, that a party has left, and what is due."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.cooperation.actions.work_charters import unconfirmed
from jukwaa.cooperation.models import Charter, JointWork, Party
from jukwaa.cooperation.views.work_links import BY_LINK
from jukwaa.mail.headers import OPEN_LABELS
from jukwaa.mail.links import make_token
from jukwaa.records.models import State
from jukwaa.updates import tokens
from jukwaa.updates.letters import Answer, News, Text, email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import speakers, speakers_of_any
from jukwaa.updates.registries import notifications

PREFIX = "charter"


def charter_called(pk: int) -> Charter | None:
    rows = Charter.objects.select_related("work__coalition").filter(work__state=State.PUBLISHED)
    return rows.filter(pk=pk).first()


def speakers_of(parties: list[Party]) -> list[Person]:
    return speakers_of_any(party.organisation_id for party in parties)


@notifications.register(("charter", "proposed"))
def proposed(activity: Activity) -> Iterator[News]:
    """To each who may sign it: the whole text, so that it can be signed by mail, or by a link of their own."""
    charter = charter_called(activity.object_id)
    if charter is not None and charter.is_being_signed:
        for party in unconfirmed(charter):
            yield from to_sign(charter, party)


def to_sign(charter: Charter, party: Party, *, again: bool = False) -> Iterator[News]:
    once = f"sign:{charter.pk}:{party.pk}" if not again else ""
    for person in speakers(party.organisation):
        write = _written(charter, party, person, again=again)
        answer = Answer(f"{PREFIX}:{charter.pk}:{party.pk}")
        yield about_work(charter.work, [person], write, topic=Topic.CONCERNS, answer=answer, once=once)


def _written(charter: Charter, party: Party, person: Person, *, again: bool) -> Callable[[], Text]:
    work = charter.work
    return email(
        "cooperation/email/sign.txt",
        link_to_sign(party, person),
        title=work.title,
        party=party.capacity.name,
        charter=charter,
        again=again,
        page="" if party.must_sign else _page_to_leave(party),
    )


def _page_to_leave(party: Party) -> str:
    """For whoever the work need not wait for."""
    args = [party.work.coalition.slug, party.work_id, party.pk]
    return tokens.absolute(reverse("cooperation:party_leave", args=args))


def link_to_sign(party: Party, person: Person) -> str:
    """Of a work that not everybody inside may read, the page behind the wall alone."""
    work = party.work
    if work.label not in OPEN_LABELS:
        return reverse("cooperation:charter_sign", args=[work.coalition.slug, work.pk, party.pk])
    token = make_token(BY_LINK, {"party": party.pk, "person": person.pk})
    return reverse("cooperation:sign_by_link", args=[work.coalition.slug, token])


@notifications.register(("charter", "in-force"))
def in_force(activity: Activity) -> Iterator[News]:
    charter = charter_called(activity.object_id)
    if charter is None or charter.in_force_since is None:
        return
    work = charter.work
    write = email("cooperation/email/in_force.txt", address(work, "work_detail"), title=work.title)
    yield about_work(work, speakers_of(_there(work)), write)


@notifications.register(("charter", "took-back"))
def took_back(activity: Activity) -> Iterator[News]:
    """Those who signed hear that they will be asked again, and why."""
    charter = charter_called(activity.object_id)
    if charter is None or charter.dropped_at is None:
        return
    work = charter.work
    draft = work.charters.filter(number=charter.number + 1).first()
    why = draft.why_changed if draft else ""
    path = address(work, "work_detail")
    write = email("cooperation/email/charter_withdrawn.txt", path, title=work.title, why=why)
    yield about_work(work, speakers_of(_there(work)), write, but=activity.actor_id)


@notifications.register(("party", "left"))
def left(activity: Activity) -> Iterator[News]:
    party = Party.objects.select_related("work__coalition", "capacity").filter(pk=activity.object_id).first()
    if party is None or party.left_at is None or party.work.state != State.PUBLISHED:
        return
    work, reason = party.work, party.left_because
    names = {"name": party.capacity.name, "title": work.title, "reason": reason}
    write = email("cooperation/email/party_left.txt", address(work, "work_detail"), **names)
    yield about_work(work, speakers_of(_there(work)), write, but=activity.actor_id)


def _there(work: JointWork) -> list[Party]:
    return list(work.parties.filter(left_at__isnull=True).select_related("organisation"))


def about_work(
    work: JointWork,
    people: list[Person],
    write: Callable[[], Text],
    *,
    topic: Topic = Topic.REMINDERS,
    answer: Answer | None = None,
    once: str = "",
    but: int | None = None,
) -> News:
    skipped = frozenset({but} if but else ())
    return News(
        coalition=work.coalition,
        people=people,
        topic=topic,
        write=write,
        record=work,
        answer=answer,
        once=once,
        but=skipped,
    )


def address(work: JointWork, name: str) -> str:
    return reverse(f"cooperation:{name}", args=[work.coalition.slug, work.pk])
