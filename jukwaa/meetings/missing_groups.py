"""Members of the regional and stakeholder groups that are missing among those who will attend a meeting."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Affiliation, Membership, Organisation
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.meetings.invitation_emails import INVITATION_REPLY_PREFIX, get_reply_links
from jukwaa.meetings.invitations import MeetingAttendees
from jukwaa.meetings.models import GroupMessage, Meeting
from jukwaa.meetings.time_formatting import build_meeting_time_lines
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.models import State
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption, render_email
from jukwaa.updates.recipients import get_actor_ids

GROUP_MESSAGE_EMAIL_TEMPLATE = "meetings/email/group_message.txt"


@dataclass(frozen=True)
class MemberWithoutReply:
    """A member organisation of a missing group that has not replied, and when it was last written to."""

    organisation: Organisation
    written_at: datetime | None

    @property
    def display_label(self) -> str:
        """Name, region and stakeholder group, as the directory shows them."""
        groups = (
            RegionalGroup(self.organisation.regional_group),
            StakeholderGroup(self.organisation.stakeholder_group),
        )
        known = [str(group.label) for group in groups if group not in (RegionalGroup.UNKNOWN, StakeholderGroup.UNKNOWN)]
        return _("%(name)s (%(groups)s)") % {"name": self.organisation.name, "groups": join_with_separator(known)}


def find_members_without_reply(meeting: Meeting, meeting_attendees: MeetingAttendees) -> list[MemberWithoutReply]:
    """Return the member organisations of missing groups that have not replied and have somebody to write to."""
    in_groups = Q(regional_group__in=meeting_attendees.regions_without_attendee)
    in_groups |= Q(stakeholder_group__in=meeting_attendees.groups_without_attendee)
    active = Membership.objects.active().filter(coalition=meeting.coalition, organisation__isnull=False)
    replied = {row.capacity.organisation_id for row in meeting.rsvps.select_related("capacity")}
    rows = Organisation.objects.filter(in_groups, pk__in=active.values("organisation")).exclude(
        pk__in=[pk for pk in replied if pk]
    )
    reachable = _find_representatives_by_organisation(meeting, rows)
    written = dict(meeting.group_messages.order_by("pk").values_list("organisations", "sent_at"))
    return [MemberWithoutReply(row, written.get(row.pk)) for row in rows.order_by("name", "pk") if row.pk in reachable]


def _find_representatives_by_organisation(
    meeting: Meeting, organisations: Iterable[Organisation]
) -> dict[int, list[Person]]:
    """Return those who may speak for each of these and have not replied themselves."""
    rows = Affiliation.objects.confirmed().filter(organisation__in=organisations, may_speak=True)
    rows = rows.exclude(person__in=meeting.rsvps.values("person")).select_related("person__adult_contact")
    found: dict[int, list[Person]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.organisation_id].append(row.person)
    return found


def get_group_message_template_text(meeting: Meeting) -> str:
    """Return the message that the form begins with, in the language of the coalition."""
    with translation.override(meeting.coalition.language):
        return _(
            "Your region or stakeholder group is not represented at this meeting yet. Your experience would help us to"
            " reach better decisions.\n\nPlease tell us whether you or a colleague can attend. If the time does not"
            " suit you, you can also send us your views before the meeting."
        )


def render_group_message_preview(meeting: Meeting, text: str) -> EmailText:
    """Return the email as its readers get it, but for their own links."""
    return _render_group_message(meeting, text, [])


def notify_missing_groups(activity: Activity) -> Iterator[NotificationEmail]:
    """To those who represent the organisations that were chosen, as long as they have not replied."""
    messages = GroupMessage.objects.select_related("meeting__coalition").filter(meeting__state=State.PUBLISHED)
    message = messages.filter(pk=activity.object_id).first()
    if message is None or message.meeting.is_held or message.meeting.is_cancelled:
        return
    meeting = message.meeting
    people = {
        person.pk: person
        for group in _find_representatives_by_organisation(meeting, message.organisations.all()).values()
        for person in group
    }
    yield NotificationEmail(
        coalition=meeting.coalition,
        people=people.values(),
        topic=EmailTopic.CONCERNS,
        write=lambda: _render_group_message(meeting, message.text, []),
        write_to=lambda person: _render_group_message(meeting, message.text, get_reply_links(person, meeting)),
        record=meeting,
        answer=ReplyOption(f"{INVITATION_REPLY_PREFIX}:{meeting.pk}"),
        once=f"group-message:{message.pk}",
        but=get_actor_ids(activity),
    )


def _render_group_message(meeting: Meeting, text: str, reply_links: list[tuple[str, str]]) -> EmailText:
    return render_email(
        GROUP_MESSAGE_EMAIL_TEMPLATE,
        meeting.get_absolute_url(),
        meeting=meeting,
        text=text,
        times=build_meeting_time_lines(meeting),
        replies=reply_links,
    )
