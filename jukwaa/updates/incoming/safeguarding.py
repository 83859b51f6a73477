"""The safeguarding check of incoming email: called in one place, before any handler sees the email."""

from collections.abc import Iterator, Sequence

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.records.models import Held
from jukwaa.records.quarantine_store import get_quarantine_reason, quarantine_if_suspect
from jukwaa.updates.incoming.automatic_replies import override_sender_language, send_helpline_list
from jukwaa.updates.incoming.inbound_email import InboundEmail


def quarantine_email(
    inbound_email: InboundEmail, coalition: Coalition | None, quarantine_reasons: Sequence[Held.Why]
) -> bool:
    """Quarantine an email that may be a disclosure or abuse material, and answer with helplines. Return whether it was.

    Without a coalition nobody's safeguarding lead can be notified, so nothing is kept; the answer is the same.
    """
    if not quarantine_reasons or not store_in_quarantine(inbound_email, coalition, quarantine_reasons):
        return False
    if inbound_email.sender and not inbound_email.is_automatic:
        with override_sender_language(inbound_email, coalition.language if coalition else "en"):
            send_helpline_list(inbound_email, coalition.country if coalition else "")
    return True


def find_quarantine_reasons(inbound_email: InboundEmail) -> Iterator[Held.Why]:
    """Yield why an email must be quarantined. It takes time, so call it outside of a transaction.

    It looks at subject, name, all texts with what they quote, and the names and bytes of files. Each text is looked at
    alone too: an offer hides in a long one.
    """
    pieces = (
        _get_whole_text(inbound_email),
        f"{inbound_email.subject}\n\n{inbound_email.text}",
        *inbound_email.screened_texts,
    )
    if why := next(filter(None, map(get_quarantine_reason, pieces)), None):
        yield why
    for file in inbound_email.files:
        if why := get_quarantine_reason("", file.name, file.data):
            yield why


def _get_whole_text(inbound_email: InboundEmail) -> str:
    return "\n\n".join(inbound_email.screened_texts)


def _get_most_serious_reason(quarantine_reasons: Sequence[Held.Why]) -> Held.Why:
    return Held.Why.MATERIAL if any(why == Held.Why.MATERIAL for why in quarantine_reasons) else Held.Why.DISCLOSURE


def store_in_quarantine(
    inbound_email: InboundEmail,
    coalition: Coalition | None,
    quarantine_reasons: Sequence[Held.Why],
    held_door: Held.Door = Held.Door.MAIL,
) -> bool:
    """Keep the words with the first file, and each further file by itself, as of a form. Nobody is answered.

    False if the safeguarding lead found all of it harmless before.
    """
    if coalition is None:
        return True
    why = _get_most_serious_reason(quarantine_reasons)
    person = Person.objects.with_address(inbound_email.sender).first() if inbound_email.sender else None
    files = [(file.name, file.data) for file in inbound_email.files if file.data] or [("", b"")]
    kept = [
        quarantine_if_suspect(
            coalition=coalition,
            door=held_door,
            text="" if at else _get_whole_text(inbound_email),
            file_name=name,
            data=data,
            person=person,
            address=inbound_email.sender,
            quarantine_reason=why,
        )
        for at, (name, data) in enumerate(files)
    ]
    return any(kept)
