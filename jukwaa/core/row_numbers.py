"""Parse the numbers of rows, as people and web addresses write them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

MAX_ROW_NUMBER_DIGITS = 18  # of the longest number of a row that a database holds for sure


def parse_row_number(text: str) -> int:
    """Return the number in a text, or 0, which no row has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MAX_ROW_NUMBER_DIGITS else 0


def find_row_number_in_address(text: str) -> int:
    """Of the row that a page is about: the last number in its address, which may be written alone; 0 for none.

    A page of another site has none, whatever numbers stand in its address.
    """
    address = text.strip().lstrip("#")
    if "//" in address and not _is_site_address(address):
        return 0
    path = address.partition("#")[0].partition("?")[0]
    return next(filter(None, (parse_row_number(part) for part in reversed(path.split("/")))), 0)


def _is_site_address(address: str) -> bool:
    try:
        host = urlsplit(address).hostname
    except ValueError:  # such as "https://[12"
        return False
    return host is not None and validate_host(host, settings.ALLOWED_HOSTS)
