"""Backups: database, files and the key that signs, in one archive with a list of hashes."""

from jukwaa.config.backups.archive import make_backup, verify_backup
from jukwaa.config.backups.errors import BackupError, BrokenArchiveError, RestoreError
from jukwaa.config.backups.restore import restore_backup
