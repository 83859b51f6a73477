"""Invitations to take part in a session: the link in each, and the emails."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.dates import format_long_date
from jukwaa.mail import actions as mail
from jukwaa.mail import signed_links
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL, build_unsubscribe_headers
from jukwaa.proposals.models import ACCEPTED_OUTCOMES, Participant, Proposal
from jukwaa.proposals.participant_lookups import list_role_labels
from jukwaa.records.models import State
from jukwaa.regions.suppression import build_address_digest, is_do_not_contact
from jukwaa.updates import email_links
from jukwaa.updates.letters import get_mail_address, get_mail_language, get_mail_zone, is_mail_held
from jukwaa.updates.models import EmailTopic, MailChoice
from jukwaa.updates.notification_emails import EmailText, queue_notification_letter, render_email

PARTICIPANT_REPLY_PREFIX = "participant"  # with which the subjects of reply addresses begin
SESSION_INVITATION_PURPOSE = "session-invitation"
INVITATION_LINK_LIFETIME = timedelta(days=400)  # an outcome other than acceptance closes it earlier
INVITATION_ANSWER_PERIOD = timedelta(days=14)


@dataclass(frozen=True)
class ParticipantInvitation:
    """What a link leads to; `guardian` is the adult contact who answers for a person under 18."""

    participant: Participant
    person: Person
    guardian: Person | None

    @property
    def proposal(self) -> Proposal:
        return self.participant.proposal

    @property
    def is_over(self) -> bool:
        return not is_open_to_people_changes(self.proposal)


def has_proposal_outcome(proposal: Proposal) -> bool:
    return proposal.is_submitted and bool(proposal.submission.outcome)


def is_open_to_people_changes(proposal: Proposal) -> bool:
    """Whether its people can be changed and can answer: until an outcome other than acceptance is recorded.

    A speaker of an accepted session may still drop out, so the team can replace them.
    """
    return proposal.is_open_to_change and (is_accepted(proposal) or not has_proposal_outcome(proposal))


def is_accepted(proposal: Proposal) -> bool:
    return proposal.is_submitted and proposal.submission.outcome in ACCEPTED_OUTCOMES


def get_guardian_of_person(person: Person) -> Person | None:
    return person.adult_contact if person.is_minor else None


def build_invitation_path(participant: Participant) -> str:
    """Return the page where this person answers without signing in; for one under 18, their adult contact."""
    assert participant.person is not None  # noqa: S101 - for the type alone: nobody else is invited
    guardian = get_guardian_of_person(participant.person)
    payload = {"participant": participant.pk, "person": participant.person.pk, "guardian": guardian and guardian.pk}
    return reverse(
        "proposals:invitation",
        args=[participant.coalition.slug, signed_links.make_signed_token(SESSION_INVITATION_PURPOSE, payload)],
    )


def find_invitation_by_token(coalition: Coalition, token: str) -> ParticipantInvitation | None:
    """Return what a link leads to; None if it is not valid, or the invitation or the person is no longer there."""
    payload = signed_links.read_signed_token(SESSION_INVITATION_PURPOSE, token, INVITATION_LINK_LIFETIME)
    if payload is None:
        return None
    people = Person.objects.current(payload["person"]).filter(is_active=True, erased_at=None)
    person = people.select_related("adult_contact").first()
    if person is None:
        return None
    guardian = get_guardian_of_person(person)
    if payload["guardian"] != (guardian and guardian.pk):
        return None  # sent to a person under 18 themselves, or to an earlier contact of theirs
    rows = Participant.objects.filter(pk=payload["participant"], person=person, proposal__coalition=coalition)
    rows = rows.filter(proposal__state=State.PUBLISHED, proposal__label__in=LABELS_READABLE_BY_EMAIL).exclude(
        invited_at=None
    )
    participant = rows.select_related("proposal__submission").first()
    if participant is None:
        return None
    participant.proposal.coalition = coalition
    participant.person = person
    return ParticipantInvitation(participant, person, guardian)


def get_default_invitation_answer_day(proposal: Proposal, today: date) -> date:
    """Return by when to answer, unless the team says otherwise: within two weeks, or by a deadline before that."""
    day, due_on = today + INVITATION_ANSWER_PERIOD, proposal.due_on
    return min(day, due_on) if due_on is not None and due_on > today else day


def is_proposal_open_for_email(proposal: Proposal) -> bool:
    """Nothing that is above TLP:GREEN stands in an email."""
    return proposal.label in LABELS_READABLE_BY_EMAIL


def does_person_want_email(person: Person, coalition: Coalition) -> bool:
    """Whether somebody gets emails about sessions: they have neither ended them nor asked never to be contacted."""
    marks = map(build_address_digest, list_contact_addresses(person))
    wanting = MailChoice.objects.find_wanting_person_ids([person], coalition, EmailTopic.CONCERNS)
    return bool(wanting) and not is_do_not_contact(coalition, marks)


def list_contact_addresses(person: Person) -> list[str]:
    """Return their own address and the one that gets their emails, which differ for somebody under 18."""
    return [address for address in (person.email, get_mail_address(person)) if address]


def render_invitation_email(participant: Participant, template: str, path: str = "", **more: object) -> EmailText:
    """Write an email about an invitation, in the language of today. It leads to the invitation, or to `path`."""
    person = participant.person
    assert person is not None  # noqa: S101 - for the type alone: nobody else is invited
    context = {
        "participant": participant,
        "proposal": participant.proposal,
        "is_accepted": is_accepted(participant.proposal),
        "roles": list_role_labels(participant),
        "day": format_long_date(participant.answer_by) if participant.answer_by else "",
        "is_for_guardian": person.is_minor,
        **more,
    }
    return render_email(template, path or build_invitation_path(participant), **context)


def send_invitation_email(participant: Participant) -> None:
    """Queue the invitation, once for each time that somebody is invited."""
    person, coalition = participant.person, participant.coalition
    assert person and participant.invited_at  # noqa: S101, PT018 - for the type alone: nobody else is invited
    zone = get_mail_zone(person, coalition)
    with translation.override(get_mail_language(person, coalition)), timezone.override(zone):
        text = render_invitation_email(participant, "proposals/email/invitation.txt")
        ends = email_links.build_email_link(
            email_links.UNSUBSCRIBE_PURPOSE,
            "updates:unsubscribe",
            person=person.pk,
            coalition=coalition.pk,
            topic=str(EmailTopic.CONCERNS),
        )
        link = email_links.build_absolute_url(text.path)
        context = {
            "text": text,
            "link": link,
            "answers": [
                (label, f"{link}?answer={value}")
                for value, label in get_answer_choices(is_for_guardian=person.is_minor)
            ],
            "coalition": coalition,
            "ends": ends,
            "is_for_guardian": person.is_minor,
            "is_introduced": participant.is_introduced,
            "notice": email_links.build_absolute_url(
                reverse("notices:notice_detail", args=[coalition.slug, "privacy"])
            ),
            "take_out": email_links.build_email_link(
                email_links.REMOVE_PERSON_PURPOSE, "updates:take_out", person=person.pk, coalition=coalition.pk
            ),
        }
        reply = (
            None
            if person.is_minor
            else mail.ReplyThread(f"{PARTICIPANT_REPLY_PREFIX}:{participant.pk}", f"person:{person.pk}")
        )
        queue_notification_letter(
            coalition=coalition,
            person=person,
            names=[participant.proposal],  # and not its record: whoever is invited may not be allowed to read it
            to=get_mail_address(person),
            key=f"{PARTICIPANT_REPLY_PREFIX}:{participant.pk}:{participant.invited_at:%Y%m%dT%H%M%S%f}",
            subject=f"[{coalition.name[:60]}] {text.subject}",
            body=render_to_string("proposals/email/invitation_frame.txt", context).strip() + "\n",
            reply=reply,
            headers=build_unsubscribe_headers(ends),
            held=is_mail_held(coalition),
        )


def get_answer_choices(*, is_for_guardian: bool = False) -> list[tuple[str, str]]:
    """Return the possible answers, with the words of the form. An adult contact answers about another person."""
    if is_for_guardian:
        return [
            (Participant.Status.CONFIRMED.value, translation.gettext("Yes, they will take part")),
            (
                Participant.Status.PROVISIONAL.value,
                translation.gettext("The person intends to take part, but their funding is not confirmed yet"),
            ),
            (Participant.Status.DECLINED.value, translation.gettext("No, they will not take part")),
        ]
    return [
        (Participant.Status.CONFIRMED.value, translation.gettext("Yes, I will take part")),
        (
            Participant.Status.PROVISIONAL.value,
            translation.gettext("I intend to take part, but my funding is not confirmed yet"),
        ),
        (Participant.Status.DECLINED.value, translation.gettext("No, I will not take part")),
    ]
