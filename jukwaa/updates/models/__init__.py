"""What the clock and the workers keep of themselves, what people are told, and what came in by mail."""

from jukwaa.updates.models.clock import Lease, Run
from jukwaa.updates.models.following import Digest, Follow, Seen
from jukwaa.updates.models.incoming import PendingMail
from jukwaa.updates.models.invitations import Invitation, InvitationRound
from jukwaa.updates.models.list_posts import ListImport, ListPost
from jukwaa.updates.models.telling import (
    CombinedReminder,
    CombinedReminders,
    EmailTopic,
    FirstMail,
    Letter,
    MailChoice,
    Told,
    ToldUntil,
)
