"""Consent is asked in many places, and recorded in one: whoever asks for it sends these signals.

`jukwaa/privacy/receivers.py` writes what was agreed to, with the text that was shown.
"""

from django.db.models import TextChoices
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _


class ConsentKind(TextChoices):
    PUBLIC_NAME = "public-name", _("Name shown to everyone")
    MEMBERSHIP = "membership", _("Application to join")
    MAILING_LIST = "mailing-list", _("Mailing list")
    GUARDIAN = "guardian", _("Consent of a guardian for someone under 18")


# Arguments: person, kind, text (as it was shown), coalition (None if it holds everywhere).
consent_given = Signal()
# Arguments: person, kind, coalition.
consent_withdrawn = Signal()
