"""Records, and what hangs on each of them."""

from jukwaa.records.models.age_restrictions import Narrowed
from jukwaa.records.models.attachments import Attachment
from jukwaa.records.models.comments import Comment, CommentVersion
from jukwaa.records.models.documents import Document
from jukwaa.records.models.links import Link, Source
from jukwaa.records.models.passages import Passage
from jukwaa.records.models.record import (
    NEWEST_RECORD_FIRST,
    Audience,
    Authorship,
    Label,
    Record,
    RecordQuerySet,
    State,
    Version,
)
from jukwaa.records.models.safeguards import Held
