"""What one can do in the library."""

from jukwaa.library.actions.collections import (
    add_record_to_collection,
    change_collection,
    create_collection,
    move_entry,
    publish_collection,
    remove_entry,
)
from jukwaa.library.actions.items import ItemFields, ReviewRequiredError, change_item, publish_item, share_item
from jukwaa.library.actions.readers import Readers, change_readers, set_readers
from jukwaa.library.actions.reviews import (
    ReviewDecision,
    accept_review,
    assign_reviewer,
    decide_review,
    decline_review,
    send_for_review,
    withdraw_review,
)
from jukwaa.library.actions.translations import translate_item, update_translation, withdraw_with_translations
from jukwaa.library.actions.uses import add_use, change_use, withdraw_use
