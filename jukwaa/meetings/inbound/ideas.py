"""Email that comes in about meetings."""

from jukwaa.meetings.idea_emails import IDEA_REPLY_PREFIX as IDEA_PREFIX
from jukwaa.meetings.idea_inbound import IdeaReplyHandler, handle_idea_email
from jukwaa.updates.incoming.addresses import AddressHandler, address_handlers
from jukwaa.updates.incoming.replies import reply_handlers

address_handlers.register("ideas")(
    AddressHandler(take=handle_idea_email, explanation="meetings/email/explained_ideas.txt")
)
reply_handlers.register(IDEA_PREFIX)(IdeaReplyHandler)
