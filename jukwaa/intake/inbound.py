"""Posts of the coalition's mailing list are kept, so that they can be read here and made a record.

One that objects to a decision which is being taken holds its result.
"""

from jukwaa.coalitions.models import Coalition
from jukwaa.drafting.actions import hold_calls_objected_to_in_post
from jukwaa.updates.incoming.addresses import AddressHandler, address_handler_registry
from jukwaa.updates.incoming.inbound_email import InboundEmail
from jukwaa.updates.incoming.routes import is_list_post
from jukwaa.updates.models import ListPost


def store_list_post(inbound_email: InboundEmail, coalition: Coalition) -> None:
    """Nobody is answered. What is no post of the list is dropped."""
    text = "\n\n".join(part for part in (inbound_email.text, inbound_email.quoted) if part)
    if not is_list_post(inbound_email, coalition) or not (inbound_email.text or inbound_email.subject):
        return
    post, is_new = ListPost.objects.get_or_create(
        coalition=coalition,
        message_id=inbound_email.message_id or f"<list+{coalition.slug}-{inbound_email.sent_at:%Y%m%d%H%M%S%f}>",
        defaults={
            "thread": inbound_email.thread or inbound_email.message_id,
            "subject": inbound_email.subject,
            "sender": inbound_email.sender_name,
            "body": text,
            "posted_at": inbound_email.sent_at,
        },
    )
    if not is_new and post.brought_id and not post.is_open:
        # The email came by itself: undoing the import of a file must not take it away.
        ListPost.objects.filter(pk=post.pk).update(brought=None)
    hold_calls_objected_to_in_post(post)


# The list answers for its posts, whoever they are from.
address_handler_registry.register("list")(AddressHandler(take=store_list_post, needs_sender=False))
