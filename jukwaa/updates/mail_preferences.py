"""What a person has chosen about email, for the settings page."""

from functools import reduce
from operator import or_

from django.db.models import Q

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.updates.models import EmailTopic, MailChoice
from jukwaa.updates.models.telling import DEFAULT_EMAIL_TOPICS


def find_coalitions_emailing_person(person: Person) -> list[Coalition]:
    """Return every coalition that could send email to this person."""
    ties = (
        person.affiliations.values("organisation__coalition"),
        person.memberships.values("coalition"),
        person.roles.values("coalition"),
        person.applications.values("coalition"),
        person.list_entries.values("coalition"),
        person.mail_choices.values("coalition"),
    )
    anywhere = reduce(or_, (Q(pk__in=tie) for tie in ties))
    return list(Coalition.objects.filter(anywhere).order_by("name"))


def get_wanted_topics(person: Person) -> dict[int, set[str]]:
    """Topics by coalition, where the person has said something; elsewhere the default holds."""
    said: dict[int, dict[str, bool]] = {}
    for choice in MailChoice.objects.filter(person=person):
        said.setdefault(choice.coalition_id, {})[choice.topic] = choice.wanted
    return {
        pk: {str(topic) for topic in EmailTopic if chosen.get(topic, topic in DEFAULT_EMAIL_TOPICS)}
        for pk, chosen in said.items()
    }


def get_default_topics() -> set[str]:
    return {str(topic) for topic in DEFAULT_EMAIL_TOPICS}
