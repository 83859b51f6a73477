"""An answer to the mail of a charter signs it, for the party that was asked, in the text that stood in that mail.

In doubt nothing is signed: the writer is led to the page.
"""

import re

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.cooperation.actions.work import ENDED_WORK_STAGES
from jukwaa.cooperation.actions.work_charters import sign_charter
from jukwaa.cooperation.models import Charter, Party
from jukwaa.cooperation.notifications.joint_work import SIGNATURE_REPLY_PREFIX
from jukwaa.core.refusals import ActionRefused
from jukwaa.updates import email_links
from jukwaa.updates.incoming.replies import PageReplyHandler, ReplyQuestion, reply_handler_registry

# The first line, in the languages of the interface, and nothing else on it: “we sign once the money is clear” is none,
# and neither is a condition on the lines below.
SIGNING_PHRASES = frozenset(
    {
        *("we sign", "i sign", "signed", "we confirm", "we sign it", "confirmed"),
        *("nous signons", "je signe", "signé", "nous confirmons"),
        *("firmamos", "firmado", "confirmamos", "firmo"),
        *("نوقع", "نوقّع", "أوقع", "موقع", "نؤكد"),
    }
)


# What may follow: a mail ends with a greeting and a name, and what stands below them belongs to the name.
EMAIL_SIGN_OFF_PHRASES = (
    *("--", "regards", "best", "kind regards", "warm regards", "with kind", "yours", "sincerely", "thank", "sent from"),
    *("cordialement", "bien cordialement", "bien à vous", "salutations", "merci", "envoyé de"),
    *("saludos", "un saludo", "atentamente", "cordialmente", "gracias", "enviado desde"),
    *("تحيات", "مع التحية", "مع أطيب", "مع خالص", "شكرا", "شكراً"),
)


def is_signature_reply(text: str, *names: str) -> bool:
    """Whether it says so, and below it nothing but a greeting or the names of who signs."""
    first, *below = [line.strip().casefold() for line in text.splitlines() if line.strip()] or [""]
    if first.strip(" .!,;:\u060c\"'*_“”«»") not in SIGNING_PHRASES:
        return False
    named = {word for name in names for word in _split_signature_words(name.casefold())}
    until = next((place for place, line in enumerate(below) if line.startswith(EMAIL_SIGN_OFF_PHRASES)), len(below))
    return all(word in named for line in below[:until] for word in _split_signature_words(line))


def _split_signature_words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@reply_handler_registry.register(SIGNATURE_REPLY_PREFIX)
class SignatureReplyHandler(PageReplyHandler[Party]):
    """Signs the text that stood in the email, if the reply says so and nothing else."""

    page_subject = gettext_lazy("Your signature was not recorded")
    page_template = "cooperation/email/not_signed.txt"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Party] | None:
        party = Party.objects.select_related("work__coalition", "capacity", "organisation").filter(pk=pk).first()
        return ReplyQuestion(party, party.work, is_closed=party.work.stage in ENDED_WORK_STAGES) if party else None

    def decide(self) -> None:
        party = self.question.asked_by
        if not is_signature_reply(self.came.text, self.person.name, party.capacity.name):
            raise ActionRefused(_("Your reply must contain only the words “we sign”."))
        number = self.address.subject.split(":")[1]
        read = Charter.objects.filter(work=party.work_id, pk=int(number) if number.isdigit() else 0).first()
        sign_charter(actor=self.person, party=party, digest=read.digest if read else "")
        page = email_links.build_absolute_url(
            reverse("cooperation:charter_detail", args=[party.work.coalition.slug, party.work_id])
        )
        subject, template = _("Your signature has been recorded"), "cooperation/email/signed.txt"
        self.answer(subject, template, party=party, work=party.work, page=page)

    def get_page(self) -> str:
        party = self.question.asked_by
        return reverse("cooperation:charter_sign", args=[party.work.coalition.slug, party.work_id, party.pk])
