"""Personal data: memberships, roles and activities."""

from jukwaa.accounts.personal_data import fields, personal_data
from jukwaa.coalitions.models import Activity, Affiliation, Capacity, Import, ImportRow, ListEntry, Membership, Role

personal_data.register(Affiliation)(fields("person", "position", "confirmed_by"))
personal_data.register(Membership)(fields("person", "applicant", "motivation", "reason"))
personal_data.register(Role)(fields("person"))
personal_data.register(Capacity)(fields("person", "name"))
personal_data.register(ListEntry)(fields("person"))
personal_data.register(Activity)(fields("actor", "capacity"))
personal_data.register(Import)(fields("by", "file_name", "table", "notes"))
personal_data.register(ImportRow)(fields("cells", "reason", "notes", "person"))
