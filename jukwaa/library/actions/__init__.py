"""What one can do in the library."""

from jukwaa.library.actions.collections import (
    collect,
    introduce,
    make_collection,
    move_entry,
    publish_collection,
    take_out,
)
from jukwaa.library.actions.items import NeedsReview, Shared, change_item, publish_item, share_item
from jukwaa.library.actions.readers import Readers, change_readers, set_readers
from jukwaa.library.actions.reviewing import (
    Decision,
    accept_review,
    assign_reviewer,
    decide_review,
    pass_review_on,
    send_for_review,
    take_back,
)
from jukwaa.library.actions.translating import translate_item, update_translation, withdraw_with_translations
from jukwaa.library.actions.travelling import add_use, change_use, take_back_use
