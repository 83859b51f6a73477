"""An answer to the mail of a charter signs it, for the party that was asked, in the text that stood in that mail.

In doubt nothing is signed: the writer is led to the page.
"""

import re

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation.actions.work_charters import sign_charter
from jukwaa.cooperation.models import Charter, Party
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.mail.models import ReplyAddress
from jukwaa.records.policies import can_read
from jukwaa.updates import tokens
from jukwaa.updates.incoming.answers import answer, in_language_of
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.incoming.owners import get_owner
from jukwaa.updates.incoming.trust import is_trusted

# The first line, in the languages of the interface, and nothing else on it: “we sign once the money is clear” is none,
# and neither is a condition on the lines below.
WORDS = frozenset(
    {
        *("we sign", "i sign", "signed", "we confirm", "we sign it", "confirmed"),
        *("nous signons", "je signe", "signé", "nous confirmons"),
        *("firmamos", "firmado", "confirmamos", "firmo"),
        *("نوقع", "نوقّع", "أوقع", "موقع", "نؤكد"),
    }
)


# What may follow: a mail ends with a greeting and a name, and what stands below them belongs to the name.
GREETINGS = (
    *("--", "regards", "best", "kind regards", "warm regards", "with kind", "yours", "sincerely", "thank", "sent from"),
    *("cordialement", "bien cordialement", "bien à vous", "salutations", "merci", "envoyé de"),
    *("saludos", "un saludo", "atentamente", "cordialmente", "gracias", "enviado desde"),
    *("تحيات", "مع التحية", "مع أطيب", "مع خالص", "شكرا", "شكراً"),
)


def signs(text: str, *names: str) -> bool:
    """Whether it says so, and below it nothing but a greeting or the names of who signs."""
    first, *below = [line.strip().casefold() for line in text.splitlines() if line.strip()] or [""]
    if first.strip(" .!,;:\u060c\"'*_“”«»") not in WORDS:
        return False
    named = {word for name in names for word in _words(name.casefold())}
    until = next((place for place, line in enumerate(below) if line.startswith(GREETINGS)), len(below))
    return all(word in named for line in below[:until] for word in _words(line))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def sign_by_mail(came: Came, reply: ReplyAddress, party: Party) -> None:
    work = party.work
    person = get_owner(reply)
    if person is None:
        return
    with in_language_of(came, work.coalition.language):
        if person.is_minor or not can_read(ViewerContext(person), work):
            answer(came, to=came.sender, subject=_("Your answer was not posted"), template="refused")
        elif not is_trusted(came, came.sender):
            _lead_to_the_page(came, party, _("We can't be sure that this mail is from you."))
        elif not signs(came.text, person.name, party.capacity.name):
            _lead_to_the_page(came, party, _("It does not say “we sign” and nothing else."))
        else:
            _sign(came, reply, person, party)


def _sign(came: Came, reply: ReplyAddress, person: Person, party: Party) -> None:
    number = reply.subject.split(":")[1]
    read = Charter.objects.filter(work=party.work_id, pk=int(number) if number.isdigit() else 0).first()
    try:
        with transaction.atomic():
            sign_charter(actor=person, party=party, digest=read.digest if read else "")
    except (ActionRefused, EditConflict, PermissionDenied) as refused:
        _lead_to_the_page(came, party, str(refused))
    else:
        page = reverse("cooperation:charter_detail", args=[party.work.coalition.slug, party.work_id])
        subject = _("Your signature is noted")
        address, work = tokens.absolute(page), party.work
        answer(came, to=came.sender, subject=subject, template="signed", party=party, work=work, page=address)


def _lead_to_the_page(came: Came, party: Party, why: str) -> None:
    page = reverse("cooperation:charter_sign", args=[party.work.coalition.slug, party.work_id, party.pk])
    subject = _("Please sign on the page")
    answer(came, to=came.sender, subject=subject, template="not_signed", why=why, page=tokens.absolute(page))
