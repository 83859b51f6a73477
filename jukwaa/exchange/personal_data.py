"""Personal data: keys of feeds."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.exchange.models import FeedKey

personal_data.register(FeedKey)(fields("person"))
