"""For each address of invitations with arguments, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.updates.models import Invitation, InvitationRound
from tests.row_builders import Rows
from tests.world import World


def list_invitation_round_rows(world: World) -> list[dict[str, Any]]:
    """A draft, and one that was sent, to somebody who never signed in."""
    rounds = InvitationRound.objects.filter(coalition=world.coalition)
    by = Person.objects.order_by("pk").first()
    for sent_at in (None, timezone.now()):
        if not rounds.filter(sent_at__isnull=sent_at is None).exists():
            words = {"language": "en", "subject": "Your place", "message": "Dear {name}", "sent_at": sent_at}
            made = InvitationRound.objects.create(coalition=world.coalition, by=by, **words)
            Invitation.objects.create(round=made, person=by, sent_at=sent_at)
    return [{"pk": pk} for pk in rounds.values_list("pk", flat=True)]


ROWS_BY_ROUTE: dict[str, Rows] = {
    f"updates:invitation_{name}": list_invitation_round_rows for name in ("preview", "edit", "send", "delete")
}
