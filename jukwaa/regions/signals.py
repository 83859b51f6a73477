"""What is erased here, and of which mails above may still speak."""

from django.dispatch import Signal

prospect_erased = Signal()  # with `pk`, the number of the prospect that is gone
erasure_requested = Signal()  # with `introducer`, `coalition` and `sent_on`: who wrote has an address to erase as well
