"""What the first email to somebody must say whom others have entered: by whom, what is stored, how to be removed."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_public_name
from jukwaa.coalitions.models import Activity, Affiliation, Coalition, ListEntry, Membership, Role
from jukwaa.core.list_formatting import drop_final_stop
from jukwaa.updates import email_links


def build_first_contact_context(person: Person, coalition: Coalition) -> dict[str, object]:
    return {
        "person": person,
        "coalition": coalition,
        "who": _describe_welcome_author(person, coalition),
        "kept": list_stored_data(person, coalition),
        "front": email_links.build_absolute_url(coalition.get_absolute_url()),
        "sign_in": email_links.build_absolute_url(reverse("account_login")),
        "notice": email_links.build_absolute_url(reverse("notices:notice_detail", args=[coalition.slug, "privacy"])),
        "take_out": email_links.build_email_link(
            email_links.REMOVE_PERSON_PURPOSE, "updates:take_out", person=person.pk, coalition=coalition.pk
        ),
    }


def _describe_welcome_author(person: Person, coalition: Coalition) -> str:
    """By name where the public knows it; otherwise it was a coordinator."""
    entries = ListEntry.objects.filter(person=person).values("pk")
    entered = Q(kind="person", verb="added", object_id=person.pk) | Q(kind="listentry", object_id__in=entries)
    activities = Activity.objects.filter(entered, coalition=coalition).select_related("actor__merged_into")
    activity = activities.order_by("pk").first()
    name = get_public_name(activity.actor.current, None) if activity and activity.actor else ""
    return name or _("A coordinator")


def list_stored_data(person: Person, coalition: Coalition) -> list[str]:
    """What is kept, a sentence each."""
    affiliations = Affiliation.objects.in_force().filter(person=person, organisation__coalition=coalition)
    roles = Role.objects.in_force().filter(person=person, coalition=coalition)
    kept = [_("Your name: %(name)s.") % {"name": drop_final_stop(person.name)}] if person.name else []
    kept += [_("Your email address: %(address)s.") % {"address": person.email}] if person.email else []
    for row in affiliations:
        kept.append(
            _("Your affiliation with %(organisation)s.") % {"organisation": drop_final_stop(row.organisation.name)}
        )
        kept += [_("Your position: %(position)s.") % {"position": row.position}] if row.position else []
        kept += [_("Your phone number: %(phone)s.") % {"phone": row.phone}] if row.phone else []
    kept += [_("Your role: %(role)s.") % {"role": role.get_kind_display()} for role in roles]
    if Membership.objects.active().filter(person=person, coalition=coalition).exists():
        kept.append(_("Your membership as an individual."))
    if ListEntry.objects.filter(person=person, coalition=coalition, ends_on=None).exists():
        kept.append(_("Your subscription to the mailing list."))
    return kept
