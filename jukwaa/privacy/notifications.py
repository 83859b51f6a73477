"""Emails to those who answer requests about personal data, and to members about a changed privacy notice.

The person who asked something gets their email from the actions.
"""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Affiliation, Coalition, Membership, Role
from jukwaa.privacy.models import DataRequest, Notice, NoticeVersion
from jukwaa.updates.letters import get_mail_language
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, defer_email_rendering, render_email
from jukwaa.updates.recipients import find_coalition_coordinators, find_role_holders, get_actor_ids
from jukwaa.updates.registries import notifications


def list_request_deciders(coalition: Coalition) -> list[Person]:
    return [*find_coalition_coordinators(coalition), *find_role_holders(coalition, Role.Kind.SAFEGUARDING_LEAD)]


@notifications.register(("datarequest", "asked"))
def notify_request_received(activity: Activity) -> Iterator[NotificationEmail]:
    """That there is one and until when to answer it: what it says stays on its page."""
    rows = DataRequest.objects.select_related("coalition").filter(state=DataRequest.State.ASKED)
    request = rows.filter(pk=activity.object_id).first()
    if request is None:
        return

    def write_publication_email() -> EmailText:
        path = reverse("privacy:request_detail", args=[request.coalition.slug, request.pk])
        return render_email("privacy/email/received.txt", path, request=request)

    yield NotificationEmail(
        coalition=request.coalition,
        people=list_request_deciders(request.coalition),
        topic=EmailTopic.CONCERNS,
        write=write_publication_email,
        at_once=True,  # a deadline of the law runs
        is_required=True,
        but=frozenset({request.requester_id} if request.requester_id else ()),
    )


@notifications.register(("noticeversion", "published"))
def notify_notice_changed(activity: Activity) -> Iterator[NotificationEmail]:
    """To each member once, about the notice in the language that they read."""
    version = NoticeVersion.objects.select_related("notice__coalition").filter(pk=activity.object_id).first()
    if version is None or version.notice.kind != Notice.Kind.PRIVACY:
        return
    coalition = version.notice.coalition
    yield NotificationEmail(
        coalition=coalition,
        people=[person for person in list_notified_members(coalition) if is_notice_shown_to(person, version.notice)],
        topic=EmailTopic.CONCERNS,
        write=defer_email_rendering("privacy/email/notice.txt", version.get_absolute_url(), coalition=coalition),
        but=get_actor_ids(activity),
    )


def list_notified_members(coalition: Coalition) -> list[Person]:
    """Everybody with a seat today, their own or through an organisation."""
    active = Membership.objects.active().filter(coalition=coalition)
    own = active.filter(person=OuterRef("pk"))
    through = Affiliation.objects.confirmed().filter(
        person=OuterRef("pk"), organisation__in=active.filter(organisation__isnull=False).values("organisation")
    )
    people = Person.objects.filter(Q(Exists(own)) | Q(Exists(through)), is_active=True)
    return list(people.select_related("adult_contact").order_by("pk"))


def is_notice_shown_to(person: Person, notice: Notice) -> bool:
    """Whether this is the notice that the person is shown: see `find_displayed_notice`."""
    languages = set(
        Notice.objects.filter(coalition=notice.coalition, kind=notice.kind).values_list("language", flat=True)
    )
    coalition = notice.coalition
    chosen = (code for code in (get_mail_language(person, coalition), coalition.language) if code in languages)
    return next(chosen, notice.language) == notice.language
