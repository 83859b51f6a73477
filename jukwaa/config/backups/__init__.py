"""Backups: database, files and the key that signs, in one archive with a list of hashes."""

from jukwaa.config.backups.archive import Broken, make_backup, verify_backup
from jukwaa.config.backups.restoring import NotRestored, restore_backup

__all__ = ["Broken", "NotRestored", "make_backup", "restore_backup", "verify_backup"]
