"""Why a backup was not made or not restored. The message is a sentence for the operator."""


class BackupError(Exception):
    """No backup was made."""


class BrokenArchiveError(Exception):
    """The archive cannot be used, or did not pass its checks."""


class RestoreError(Exception):
    """Nothing was restored, and nothing was changed."""
