"""Personal data: items, reviews and uses."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.library.models import Collection, Item, Review, Use, WebLink

personal_data.register(Collection)(fields("introduction"))
personal_data.register(Review)(fields("sent_by", "consent", "reviewer", "assigned_by", "reason", "decided_by"))
personal_data.register(Item)(fields("what_worked", "what_changed", "how_it_links", "details"))
personal_data.register(Use)(fields("author", "capacity", "how", "result"))
personal_data.register(WebLink)(fields("title", "added_by"))
