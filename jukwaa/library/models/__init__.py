"""Items of the library, and what hangs on each of them."""

from jukwaa.library.models.collections import Collection, CollectionEntry
from jukwaa.library.models.items import Item, ItemQuerySet
from jukwaa.library.models.reviews import Review, ReviewQuerySet
from jukwaa.library.models.uses import Use, UseQuerySet
from jukwaa.library.models.web_links import WebLink
