"""What one can do in the library."""

from jukwaa.library.actions.collections import (
    add_record_to_collection,
    change_collection,
    create_collection,
    move_collection_entry,
    publish_collection,
    remove_collection_entry,
)
from jukwaa.library.actions.items import ItemFields, ReviewRequiredError, change_item, publish_item, share_item
from jukwaa.library.actions.readers import RecordReaders, change_record_readers, set_record_readers
from jukwaa.library.actions.reviews import (
    ReviewDecision,
    accept_item_review,
    assign_item_reviewer,
    decide_item_review,
    decline_item_review,
    send_for_review,
    withdraw_item_review,
)
from jukwaa.library.actions.translations import translate_item, update_translation, withdraw_item_and_translations
from jukwaa.library.actions.uses import add_item_use, change_item_use, withdraw_item_use
