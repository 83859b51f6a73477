"""What the apps above may want to hear of."""

from django.dispatch import Signal

# Of a record whose words are erased for good. Sent inside the transaction, with `record`.
record_purged = Signal()

# Of a record from which a person's name was taken. Sent inside the transaction, with `record`, the `redactor` that
# knows the names, `text` (of a document, as it read before) and `changed`, the rows hanging on it that have changed.
record_redacted = Signal()

# Of a record that is out of sight from now on: withdrawn, or held. Sent inside the transaction, with `record`.
record_hidden = Signal()

# Of a record that others may read than before, since it has another label. Sent inside the transaction, with `record`.
record_relabelled = Signal()
