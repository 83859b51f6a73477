"""Hashes by which a text that was imported before is found again."""

import hashlib

HASHED_CHARACTERS_AT_ONCE = 100_000  # as words they take ten times their memory


def compute_normalised_text_hash(text: str) -> str:
    """The same for texts that differ only in spaces, line ends and case."""
    digest = hashlib.sha256()
    for start in range(0, len(text), HASHED_CHARACTERS_AT_ONCE):
        words = text[start : start + HASHED_CHARACTERS_AT_ONCE].split()
        digest.update("".join(words).casefold().encode())
    return digest.hexdigest()


def compute_text_fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
