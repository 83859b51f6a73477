"""Personal data: searches that people keep."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.search.models import SavedSearch

personal_data.register(SavedSearch)(fields("person", "name", "query"))
