"""Bars out of signs, so that they are the same on a page, in Word, in PDF and in plain text."""

BAR, LONGEST_BAR = "■", 10


def draw_text_bar(shown_number: int, largest_value: int) -> str:
    """Return a bar for a number beside the largest one. Only zero has none."""
    return BAR * max(1, round(shown_number * LONGEST_BAR / largest_value)) if shown_number else ""
