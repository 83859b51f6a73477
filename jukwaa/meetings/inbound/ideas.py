"""Email that comes in about meetings."""

from jukwaa.meetings.idea_emails import IDEA_REPLY_PREFIX as IDEA_PREFIX
from jukwaa.meetings.idea_inbound import IdeaReplyHandler, handle_idea_email
from jukwaa.updates.incoming.addresses import AddressHandler, address_handler_registry
from jukwaa.updates.incoming.replies import reply_handler_registry

address_handler_registry.register("ideas")(
    AddressHandler(take=handle_idea_email, explanation="meetings/email/explained_ideas.txt")
)
reply_handler_registry.register(IDEA_PREFIX)(IdeaReplyHandler)
