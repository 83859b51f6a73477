"""Personal data: records, their versions, comments and files."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.records.models import (
    Attachment,
    Audience,
    Authorship,
    Comment,
    CommentVersion,
    Document,
    Held,
    Passage,
    Record,
    Source,
    Version,
)

personal_data.register(Record)(fields("title", "summary", "withdrawn_because"))
personal_data.register(Authorship)(fields("person", "capacity"))
personal_data.register(Audience)(fields("person"))
personal_data.register(Version)(fields("content", "author"))
personal_data.register(Document)(fields("text", "file", "file_name"))
personal_data.register(Attachment)(fields("file", "name", "text", "hits", "added_by"))
personal_data.register(Comment)(fields("author", "capacity", "body", "hidden_because"))
personal_data.register(CommentVersion)(fields("body"))
personal_data.register(Passage)(fields("text"))
personal_data.register(Held)(fields("text", "file", "file_name", "person", "address", "decided_by"))
personal_data.register(Source)(fields("quote"))
