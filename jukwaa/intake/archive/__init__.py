"""The archive of the mailing list: reading mbox files, and showing posts to those who can read them."""
