"""Personal data: what people follow, letters to them, and email that waits."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.updates.models import Digest, FirstMail, Follow, Letter, ListPost, MailChoice, PendingMail, Seen

personal_data.register(Follow)(fields("person"))
personal_data.register(Digest)(fields("person"))
personal_data.register(Seen)(fields("person"))
personal_data.register(PendingMail)(fields("address", "name", "person", "subject", "organisation", "position", "text"))
personal_data.register(ListPost)(fields("subject", "sender", "body"))
personal_data.register(MailChoice)(fields("person"))
personal_data.register(Letter)(fields("person"))
personal_data.register(FirstMail)(fields("person"))
