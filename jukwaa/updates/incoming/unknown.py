"""For everything else: once a day and sender, what our addresses understand."""

from django.conf import settings
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.updates.incoming.addresses import address_handlers
from jukwaa.updates.incoming.answers import EXPLAINED, answer, in_language_of
from jukwaa.updates.incoming.came import Came

FEW = 10


def explain(came: Came) -> None:
    coalitions = list(Coalition.objects.order_by("pk")[: FEW + 1])
    with in_language_of(came):
        answer(
            came,
            to=came.sender,
            subject=_("How to use these email addresses"),
            template="updates/email/explained.txt",
            rate=EXPLAINED,
            slugs=[coalition.slug for coalition in coalitions] if len(coalitions) <= FEW else [],
            domain=settings.MAIL_DOMAIN,
            addresses=address_handlers,
        )
