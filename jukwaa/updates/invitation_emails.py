"""The emails that invite people whom others entered: who can get them, and how they read.

An invitation is also the first email of a person: it leads to the sign-in first, and says at its end what is stored
about them and how to be removed.
"""

import re
from datetime import timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from jukwaa.accounts.actions import build_sign_in_link
from jukwaa.accounts.models import Person
from jukwaa.coalitions.directory import get_visible_people
from jukwaa.coalitions.models import Affiliation, Coalition, Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.core.bidi import isolate_text_if_rtl
from jukwaa.core.dates import format_long_date
from jukwaa.updates import email_links
from jukwaa.updates.first_contact import list_stored_data
from jukwaa.updates.invitation_texts import get_invitation_template
from jukwaa.updates.models import Invitation
from jukwaa.updates.notification_emails import EmailText

INVITATION_LINK_VALIDITY = timedelta(days=30)
INVITATION_REMINDER_PAUSE = timedelta(days=3)  # nobody is reminded of an email of yesterday
MAX_INVITED_PEOPLE = 500  # in one round
INVITATION_PLACEHOLDERS: Final = ("name", "organisation")
PLACEHOLDER_PATTERN = re.compile(r"\{\s*([^{}\n]{0,40}?)\s*\}")
HIDDEN_LINK_TEXT: Final = "…"


def find_unknown_placeholders(text: str) -> list[str]:
    """Return what stands in braces and is not replaced, such as {Name} or {first name}."""
    return [name for name in PLACEHOLDER_PATTERN.findall(text) if name not in INVITATION_PLACEHOLDERS]


def get_invitable_people(viewer_standing: Standing) -> QuerySet[Person]:
    """Return the adults with an address who never signed in and whom no invitation has reached.

    An invitation that came back, or was refused by the mail server, can be sent again: to another address.
    """
    invited = Invitation.objects.of(viewer_standing.coalition).sent().filter(person=OuterRef("pk"))
    failed = Q(message__bounced_at__isnull=False) | Q(message__given_up_at__isnull=False)
    reached = Exists(invited.exclude(failed)) | Exists(invited.filter(failed, message__to=OuterRef("email")))
    rows = get_visible_people(viewer_standing).filter(
        ~reached, email__isnull=False, last_login=None, is_minor=False, is_active=True
    )
    return rows.exclude(pk=viewer_standing.viewer.pk or 0).order_by("name", "pk")


def get_due_reminders(coalition: Coalition) -> QuerySet[Invitation]:
    """Return the invitations that arrived days ago, as far as is known, and have been neither answered nor repeated.

    Left out are people whom no invitation may reach any more, and those whose address is another one by now.
    """
    rows = Invitation.objects.of(coalition).unanswered()
    reachable = rows.filter(person__is_minor=False, person__is_active=True, message__to=F("person__email"))
    old = reachable.filter(reminded_at=None, sent_at__lte=timezone.now() - INVITATION_REMINDER_PAUSE)
    return old.select_related("person", "message", "round__coalition", "round__by").order_by("pk")


def render_invitation(
    invitation: Invitation,
    *,
    sign_in_url: str = HIDDEN_LINK_TEXT,
    erasure_url: str = HIDDEN_LINK_TEXT,
    is_reminder: bool = False,
) -> EmailText:
    """Write the email to one person in the language of the round. Without links, it is a preview."""
    round_, person = invitation.round, invitation.person
    coalition = round_.coalition
    with translation.override(round_.language), timezone.override(person.zone):
        context = {
            "coalition": coalition,
            "who": round_.by.name,
            "message": fill_invitation_placeholders(round_.message, person, coalition, round_.language),
            "is_observer": _is_observer(person, coalition),
            "link": sign_in_url,
            "contact_page": email_links.build_absolute_url(reverse("coalitions:contact", args=[coalition.slug])),
            "last_day": format_long_date(timezone.localdate() + INVITATION_LINK_VALIDITY),
            "kept": list_stored_data(person, coalition),
            "notice": email_links.build_absolute_url(
                reverse("notices:notice_detail", args=[coalition.slug, "privacy"])
            ),
            "take_out": erasure_url,
            "is_reminder": is_reminder,
        }
        body = render_to_string("updates/email/member_invitation.txt", context).strip() + "\n"
        subject = fill_invitation_placeholders(round_.subject, person, coalition, round_.language)
        if is_reminder:
            subject = translation.gettext("Reminder: %(subject)s") % {"subject": isolate_text_if_rtl(subject)}
    return EmailText(subject, body, reverse("home:desk", args=[coalition.slug]))


def _is_observer(person: Person, coalition: Coalition) -> bool:
    """Whether the person belongs to an observer and to no member: observers can read what is public."""
    ties = Affiliation.objects.in_force().filter(person=person, organisation__coalition=coalition)
    belonging = Q(person=person) | Q(organisation__in=ties.values("organisation"))
    rows = Membership.objects.filter(belonging, coalition=coalition)
    return rows.observers_in_force().exists() and not rows.active().exists()


def render_invitation_with_links(invitation: Invitation, *, is_reminder: bool = False) -> EmailText:
    """Write the email with the person's own links: it is sent, and never shown to anybody else."""
    person, coalition = invitation.person, invitation.round.coalition
    next_url = f"{reverse('home:desk', args=[coalition.slug])}?welcome"
    return render_invitation(
        invitation,
        sign_in_url=build_sign_in_link(person, next_url, max_age=INVITATION_LINK_VALIDITY),
        erasure_url=email_links.build_email_link(
            email_links.REMOVE_PERSON_PURPOSE, "updates:take_out", person=person.pk, coalition=coalition.pk
        ),
        is_reminder=is_reminder,
    )


def fill_invitation_placeholders(text: str, person: Person, coalition: Coalition, language: str) -> str:
    """Replace {name} and {organisation}; whoever has no name is addressed as a colleague."""
    values = {"name": person.name or str(get_invitation_template(language)["unnamed"])}
    if "{organisation}" in text:
        rows = Affiliation.objects.in_force().filter(person=person, organisation__coalition=coalition)
        values["organisation"] = rows.values_list("organisation__name", flat=True).first() or coalition.name
    return PLACEHOLDER_PATTERN.sub(lambda found: values.get(found[1], found[0]), text)
