"""Decide whether an email was sent by the person in its From header."""

from django.conf import settings

from jukwaa.updates.incoming.inbound_email import InboundEmail


def is_trusted_sender(inbound_email: InboundEmail, address: str) -> bool:
    """The address in From is the one that the secret reply address was made for.

    Where an operator has named the mail server that checks what comes in, it must have found DMARC to pass as well:
    SPF and DKIM alone may pass for a domain that is not the one in From.
    """
    if inbound_email.is_confirmed:
        return True
    return inbound_email.sender == address and (not settings.MAIL_AUTHORITY or inbound_email.is_authenticated_sender)
