"""Email that comes in about proposals."""

from jukwaa.proposals.correspondence_inbound import keeps_files, take_message
from jukwaa.proposals.correspondence_models import ADDRESS
from jukwaa.updates.incoming.addresses import AddressHandler, address_handlers

address_handlers.register(ADDRESS)(
    AddressHandler(
        take=take_message,
        explanation="proposals/email/explained_secretariat.txt",
        keeps_files=keeps_files,
        takes_automatic=True,
    )
)
