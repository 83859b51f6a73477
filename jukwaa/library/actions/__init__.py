"""What one can do in the library."""

from jukwaa.library.actions.items import NeedsReview, Shared, change_item, publish_item, share_item
from jukwaa.library.actions.readers import Readers, set_readers

__all__ = ["NeedsReview", "Readers", "Shared", "change_item", "publish_item", "set_readers", "share_item"]
