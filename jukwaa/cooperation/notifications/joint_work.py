"""News of joint work: that a text waits to be signed, that it is in force, that a party has left, and what is due."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.cooperation.actions.work_charters import find_unconfirmed_parties
from jukwaa.cooperation.models import Charter, JointWork, Party
from jukwaa.cooperation.views.work_links import SIGN_LINK_PURPOSE
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.mail.signed_links import make_signed_token
from jukwaa.records.models import State
from jukwaa.updates import email_links
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption, defer_email_rendering
from jukwaa.updates.recipients import find_organisation_representatives, find_representatives_of_any
from jukwaa.updates.registries import notifications

SIGNATURE_REPLY_PREFIX = "charter"


def find_work_charter(pk: int) -> Charter | None:
    rows = Charter.objects.select_related("work__coalition").filter(work__state=State.PUBLISHED)
    return rows.filter(pk=pk).first()


def find_party_representatives(parties_by_name: list[Party]) -> list[Person]:
    return find_representatives_of_any(party.organisation_id for party in parties_by_name)


@notifications.register(("charter", "proposed"))
def notify_charter_proposed(activity: Activity) -> Iterator[NotificationEmail]:
    """To each who may sign it: the whole text, so that it can be signed by mail, or by a link of their own."""
    charter = find_work_charter(activity.object_id)
    if charter is not None and charter.is_being_signed:
        for party in find_unconfirmed_parties(charter):
            yield from build_signature_requests(charter, party)


def build_signature_requests(
    charter: Charter, party: Party, *, is_reminder: bool = False
) -> Iterator[NotificationEmail]:
    once = f"sign:{charter.pk}:{party.pk}" if not is_reminder else ""
    for person in find_organisation_representatives(party.organisation):
        write = _build_signature_email(charter, party, person, is_reminder=is_reminder)
        answer = ReplyOption(f"{SIGNATURE_REPLY_PREFIX}:{charter.pk}:{party.pk}")
        yield build_work_news(
            charter.work, [person], write, email_topic=EmailTopic.CONCERNS, reply_option=answer, deduplication_key=once
        )


def _build_signature_email(
    charter: Charter, party: Party, person: Person, *, is_reminder: bool
) -> Callable[[], EmailText]:
    work = charter.work
    return defer_email_rendering(
        "cooperation/email/sign.txt",
        get_signing_url(party, person),
        title=work.title,
        party=party.capacity.name,
        charter=charter,
        again=is_reminder,
        page="" if party.must_sign else _get_leave_url(party),
    )


def _get_leave_url(party: Party) -> str:
    """For whoever the work need not wait for."""
    args = [party.work.coalition.slug, party.work_id, party.pk]
    return email_links.build_absolute_url(reverse("cooperation:party_leave", args=args))


def get_signing_url(party: Party, person: Person) -> str:
    """Of a work that not everybody inside may read, the page behind the wall alone."""
    work = party.work
    if work.label not in LABELS_READABLE_BY_EMAIL:
        return reverse("cooperation:charter_sign", args=[work.coalition.slug, work.pk, party.pk])
    token = make_signed_token(SIGN_LINK_PURPOSE, {"party": party.pk, "person": person.pk})
    return reverse("cooperation:sign_by_link", args=[work.coalition.slug, token])


@notifications.register(("charter", "in-force"))
def notify_charter_in_force(activity: Activity) -> Iterator[NotificationEmail]:
    charter = find_work_charter(activity.object_id)
    if charter is None or charter.in_force_since is None:
        return
    work = charter.work
    write = defer_email_rendering("cooperation/email/in_force.txt", get_work_url(work, "work_detail"), title=work.title)
    yield build_work_news(work, find_party_representatives(_get_current_parties(work)), write)


@notifications.register(("charter", "took-back"))
def notify_charter_withdrawn(activity: Activity) -> Iterator[NotificationEmail]:
    """Those who signed hear that they will be asked again, and why."""
    charter = find_work_charter(activity.object_id)
    if charter is None or charter.dropped_at is None:
        return
    work = charter.work
    draft = work.charters.filter(number=charter.number + 1).first()
    why = draft.why_changed if draft else ""
    path = get_work_url(work, "work_detail")
    write = defer_email_rendering("cooperation/email/charter_withdrawn.txt", path, title=work.title, why=why)
    yield build_work_news(
        work, find_party_representatives(_get_current_parties(work)), write, excluded_person=activity.actor_id
    )


@notifications.register(("party", "left"))
def notify_party_left(activity: Activity) -> Iterator[NotificationEmail]:
    party = Party.objects.select_related("work__coalition", "capacity").filter(pk=activity.object_id).first()
    if party is None or party.left_at is None or party.work.state != State.PUBLISHED:
        return
    work, reason = party.work, party.left_because
    names = {"name": party.capacity.name, "title": work.title, "reason": reason}
    write = defer_email_rendering("cooperation/email/party_left.txt", get_work_url(work, "work_detail"), **names)
    yield build_work_news(
        work, find_party_representatives(_get_current_parties(work)), write, excluded_person=activity.actor_id
    )


def _get_current_parties(joint_work: JointWork) -> list[Party]:
    return list(joint_work.parties.filter(left_at__isnull=True).select_related("organisation"))


def build_work_news(
    joint_work: JointWork,
    recipients: list[Person],
    write_email: Callable[[], EmailText],
    *,
    email_topic: EmailTopic = EmailTopic.REMINDERS,
    reply_option: ReplyOption | None = None,
    deduplication_key: str = "",
    excluded_person: int | None = None,
) -> NotificationEmail:
    skipped = frozenset({excluded_person} if excluded_person else ())
    return NotificationEmail(
        coalition=joint_work.coalition,
        people=recipients,
        topic=email_topic,
        write=write_email,
        record=joint_work,
        answer=reply_option,
        once=deduplication_key,
        but=skipped,
    )


def get_work_url(joint_work: JointWork, url_name: str) -> str:
    return reverse(f"cooperation:{url_name}", args=[joint_work.coalition.slug, joint_work.pk])
