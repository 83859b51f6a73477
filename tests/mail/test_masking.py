"""Email addresses and phone numbers are removed from text that others read."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.mail.masking import mask_contact_details
from jukwaa.mail.reply_splitting import split_quoted_and_own_text

LOCAL_PART_STRATEGY = st.from_regex(r"\A[a-z0-9]([a-z0-9._+-]{0,20}[a-z0-9])?\Z")
DOMAIN_LABEL_STRATEGY = st.from_regex(r"\A[a-z]([a-z0-9-]{0,10}[a-z0-9])?\Z").filter(lambda label: label != "www")
TOP_DOMAIN_STRATEGY = st.sampled_from(["org", "int", "example", "ke", "museum"])
SURROUNDING_TEXTS = st.sampled_from(
    ["", " ", "\n", "<", ">", "(", ")", "mailto:", ": ", ",", ";", '"', "'", "*", "_", "> ", "[", "]"]
)
PROSE_STRATEGY = st.text(st.characters(exclude_characters="@\uff20\ufe6b%&"), max_size=60)
AT_SIGN_SPELLINGS = st.sampled_from(
    ["@", " at ", " AT ", "(a)", "(at)", " [at] ", " (at) ", "&#64;", "%40", "\uff20", "@\n"]
)


@given(
    PROSE_STRATEGY,
    SURROUNDING_TEXTS,
    LOCAL_PART_STRATEGY,
    AT_SIGN_SPELLINGS,
    DOMAIN_LABEL_STRATEGY,
    TOP_DOMAIN_STRATEGY,
    SURROUNDING_TEXTS,
    PROSE_STRATEGY,
)
def test_masking_removes_every_address(
    text_before, left_text, local_part, at_sign, domain_label, top_domain, right_text, text_after
):
    text = f"{text_before}\n{left_text}{local_part}{at_sign}{domain_label}.{top_domain}{right_text}\n{text_after}"
    masked = mask_contact_details(text, "[A]", "[N]")

    assert f"{local_part}{at_sign}{domain_label}" not in masked
    assert "[A]" in masked
    assert not re.search(r"[\w.+-]+@[\w-]+", masked)


@given(st.text(max_size=200))
def test_masking_is_idempotent(text):
    masked = mask_contact_details(text, "[A]", "[N]")

    assert mask_contact_details(masked, "[A]", "[N]") == masked


@pytest.mark.parametrize(
    "phone_number",
    [
        "+254 700 123 456",
        "+44 (0)20 7946 0958",
        "0041 22 730 5111",
        "(020) 7946-0958",
        "Tel.: 730 51 11",
        "+٢٥٤ ٧٠٠ ١٢٣ ٤٥٦",
    ],
)
def test_masking_removes_phone_numbers(phone_number):
    masked = mask_contact_details(f"Call {phone_number}, please.", "[A]", "[N]")

    assert "[N], please." in masked
    assert len(re.findall(r"\d", masked)) == 0


@pytest.mark.parametrize(
    "text",
    [
        "We met on 2009-11-27 and 27.11.2009 - 28.11.2009, at 10:00-11:30, as in 2009-2012.",
        "Follow @handle. See https://example.org/a/12345 at the hotel. 45,000 children in 193 countries.",
        "We looked at it. The draft stays.",
    ],
)
def test_masking_keeps_dates_links_and_words(text):
    assert mask_contact_details(text, "[A]", "[N]") == text


@pytest.mark.parametrize("text", ["x" * 200_000, "a@" * 100_000, " at " * 50_000, "1 " * 100_000, "(at)" * 50_000])
def test_hostile_text_is_masked_quickly(text):
    begun = time.monotonic()
    mask_contact_details(text, "[A]", "[N]")

    assert time.monotonic() - begun < 5


def test_quotations_are_split_at_their_lines():
    text = (
        "Yes.\n\nOn 27 Nov 2009, Jane wrote:\n> One?\n>> Two?\n\nNo.\n-- \nAli\n-----Original Message-----\nFrom: Jane"
    )

    assert split_quoted_and_own_text(text) == [
        (False, "Yes."),
        (True, "On 27 Nov 2009, Jane wrote:\n> One?\n>> Two?"),
        (False, "No.\n--\nAli"),
        (True, "-----Original Message-----\nFrom: Jane"),
    ]


def test_spelled_out_address_before_underscore_is_removed():
    assert mask_contact_details("Write to _ali at example.org_ today.", "[A]", "[N]") == "Write to [A]_ today."
