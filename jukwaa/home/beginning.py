"""From an empty installation to a living coalition: what is still missing, in the order that serves best.

A step that is done says what there is. Nothing is asked for that is not used at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, ListEntry, Membership, Role
from jukwaa.intake.models import Reading
from jukwaa.mail.models import Message
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Document, State

FILES = "jukwaa.mail.backends.FileBackend"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do. `there` says what is there already, and is empty as long as the step is to be done."""

    deed: str
    why: str
    url: str
    there: str = ""

    @property
    def is_done(self) -> bool:
        return bool(self.there)


def steps(coalition: Coalition, coordinator: Person) -> list[Step]:
    about = [*_who_we_are(coalition), *_what_we_have(coalition), *_what_comes(coalition)]
    return about if coordinator.name else [_who_you_are(), *about]


def mail_goes_to_files() -> bool:
    """Where no mail server is set up, nothing reaches anybody; a demonstration is meant to be so."""
    return not settings.DEMO and settings.MAILERS["default"]["BACKEND"] == FILES


def _who_you_are() -> Step:
    """It is gone once it is done: who gave a name need not be told so."""
    return Step(
        deed=_("Say your name"),
        why=_("Until then members read “a person” where you act. The public sees your role alone, unless you say so."),
        url=reverse("accounts:settings"),
    )


def scope_of(coalition: Coalition) -> str:
    """The name under which this coalition's mail waits to be seen."""
    return f"coalition:{coalition.pk}"


def _who_we_are(coalition: Coalition) -> Iterator[Step]:
    yield Step(
        deed=_("Say what the coalition is"),
        why=_("A few sentences for whoever comes to the front page, and the country whose helpline is named first."),
        url=_to("coalitions:settings", coalition),
        there=_("It says what it is.") if coalition.about else "",
    )
    members = Membership.objects.active().filter(coalition=coalition, organisation__isnull=False).count()
    yield Step(
        deed=_("Bring in the members from your spreadsheet"),
        why=_("CSV or Excel, with the columns you have; “member since” is kept. You see everything before it enters."),
        url=_to("coalitions:import_start", coalition),
        there=ngettext("One organisation is a member.", "%(n)s organisations are members.", members) % {"n": members}
        if members
        else "",
    )
    listed = ListEntry.objects.filter(coalition=coalition, ends_on__isnull=True).count()
    yield Step(
        deed=_("Note who is on the mailing list"),
        why=_("As “on the list” only: being on it is not membership. The list goes on as before."),
        url=_to("coalitions:list_entries", coalition),
        there=ngettext("One person is on the list.", "%(n)s people are on the list.", listed) % {"n": listed}
        if listed
        else "",
    )
    has_lead = Role.objects.in_force().filter(coalition=coalition, kind=Role.Kind.SAFEGUARDING_LEAD).exists()
    yield Step(
        deed=_("Ask somebody to be the safeguarding lead"),
        why=_("They alone see what looks like a disclosure or like abuse material, and decide what happens to it."),
        url=_to("coalitions:roles", coalition),
        there=_("There is a safeguarding lead.") if has_lead else "",
    )


def _what_we_have(coalition: Coalition) -> Iterator[Step]:
    documents = Document.objects.of(coalition).exclude(state=State.DRAFT).count()
    yield Step(
        deed=_("Bring in the shared drive, as a ZIP"),
        why=_("Everything in it can be searched by members at once; you decide nothing about it now."),
        url=_to("intake:drive_new", coalition),
        there=ngettext("One document is here.", "%(n)s documents are here.", documents) % {"n": documents}
        if documents
        else "",
    )
    entered = Reading.objects.filter(coalition=coalition, state=Reading.State.ENTERED).count()
    yield Step(
        deed=_("Read in your last reports, the newest first"),
        why=_("Out of them come attendance, decisions and commitments, each with its sentence."),
        url=_to("intake:reading_new", coalition),
        there=ngettext("One report is in the record.", "%(n)s reports are in the record.", entered) % {"n": entered}
        if entered
        else "",
    )


def _what_comes(coalition: Coalition) -> Iterator[Step]:
    planned = Meeting.objects.of(coalition).exclude(state=State.WITHDRAWN).exists()
    yield Step(
        deed=_("Write down the next meeting"),
        why=_("Its date is all that it takes."),
        url=_to("meetings:meeting_new", coalition),
        there=_("There are meetings in the record.") if planned else "",
    )
    waiting = Message.objects.held_for(scope_of(coalition)).count()
    yield Step(
        deed=_("Look at the mail that waits, and let it go"),
        why=ngettext(
            "No mail leaves before you have seen it. One mail waits.",
            "No mail leaves before you have seen it. %(n)s mails wait.",
            waiting,
        )
        % {"n": waiting},
        url=_to("updates:held_mail", coalition),
        there=_("Mail leaves by itself.") if coalition.mail_released_at else "",
    )


def _to(name: str, coalition: Coalition) -> str:
    return reverse(name, args=[coalition.slug])
