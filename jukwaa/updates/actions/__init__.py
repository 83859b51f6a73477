"""Choosing, following, releasing: what people do about mail."""

from jukwaa.updates.actions.email_documents import create_document_from_email
from jukwaa.updates.actions.follows import follow_thing, mark_news_seen, set_digest_rhythm, unfollow_thing
from jukwaa.updates.actions.invitations import (
    delete_invitation_round,
    remind_invited_people,
    save_invitation_round,
    send_invitations,
)
from jukwaa.updates.actions.mail_approval import (
    ApprovalResult,
    approve_held_letters,
    approve_record_emails,
    discard_held_letters,
    release_all_mail,
)
from jukwaa.updates.actions.mail_choices import set_wanted_topics, stop_emails_of_all_topics, stop_emails_of_topic
