"""Numbers of rows, as people and addresses write them."""

DIGITS = 18  # of the longest number of a row that a database holds for sure


def row_number(text: str) -> int:
    """0 for what is none: no row has it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 0


def number_in_address(text: str) -> int:
    """Of the row that a page is about: the last number in its address, which may be written alone; 0 for none."""
    path = text.strip().lstrip("#").partition("#")[0].partition("?")[0]
    return next(filter(None, (row_number(part) for part in reversed(path.split("/")))), 0)
