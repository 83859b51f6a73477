"""Who gets an email about proposals."""

from jukwaa.proposals import correspondence_emails as correspondence
from jukwaa.updates.registries import notifications

notifications.register(("correspondencemessage", "filed-message"))(correspondence.notify_message_filed)
notifications.register(("correspondencemessage", "held-message"))(correspondence.notify_message_held)
notifications.register(("correspondencedraft", "asked-review"))(correspondence.notify_review_requested)
notifications.register(("correspondencedraft", "reviewed-draft"))(correspondence.notify_reviewed)
