"""What the apps above may want to hear of."""

from django.dispatch import Signal

# Of a person: the name, or whether the public sees it. Sent inside the transaction, with `person`.
name_changed = Signal()

# Of a person who has another email address. Sent inside the transaction, with `person` and the `old` address.
address_changed = Signal()

# Of a person who was marked as under 18, or is no longer, or whose adult contact answered. Sent inside the transaction,
# with `person`, as they are from now on; `is_replayed` if a restored backup had undone the mark.
minor_status_changed = Signal()

# Of a person who is being erased: sent inside the transaction, while `person` still has name and address, with their
# `digests` (`accounts.identity.IdentityDigests`). `is_noted` tells whether others must not enter them again.
person_erased = Signal()

# Of two accounts of one person: sent inside the transaction once the rows have moved to `person`; `merged` is the other
# account as it was before, and `actor` is who merged them.
accounts_merged = Signal()
