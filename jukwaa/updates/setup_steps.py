"""The step of setting up a coalition: releasing its email."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import Step, link, setup_steps
from jukwaa.mail.models import Message
from jukwaa.updates.letters import scope_of


@setup_steps.register(80)
def build_email_step(coalition: Coalition) -> Step:
    waiting = Message.objects.held_for(scope_of(coalition)).count()
    return Step(
        title=_("Look at the mail that waits, and let it go"),
        explanation=ngettext(
            "No mail leaves before you have seen it. One mail waits.",
            "No mail leaves before you have seen it. %(n)s mails wait.",
            waiting,
        )
        % {"n": waiting},
        url=link("updates:held_mail", coalition),
        result=_("Mail leaves by itself.") if coalition.mail_released_at else "",
    )
