"""Items of the library, and what hangs on each of them."""

from jukwaa.library.models.items import Item, ItemQuerySet

__all__ = ["Item", "ItemQuerySet"]
