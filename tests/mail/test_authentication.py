"""Authentication-Results is read by its grammar, and From before anything in it is decoded."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jukwaa.mail.authentication import (
    AuthenticationResultsError,
    get_authenticated_domain,
    normalise_domain_name,
    parse_authentication_results,
)
from jukwaa.mail.senders import SenderError, parse_sender_header

AUTHORITY_NAME = "mx.example.org"


@pytest.mark.parametrize(
    "email_header",
    [
        "mx.example.org; dmarc=pass header.from=example.org",
        "MX.Example.ORG 1; DMARC = Pass header.from = Example.org",
        "mx.example.org;\r\n\tdmarc=pass (p=REJECT (sp=NONE \\) dis=NONE)) header.from=example.org",
        "mx.example.org; dkim=pass header.i=@a.org header.b=Ab+/==; arc=none; dmarc=pass header.from=example.org;",
        'mx.example.org; spf=fail smtp.mailfrom="a; dmarc=fail"@example.net; dmarc=pass header.from="example.org"',
        "mx.example.org; dmarc=pass action=none header.from=example.org; compauth=pass reason=100",
        "(by) mx.example.org (at) 1 (us) ; dmarc/1=pass reason=ok policy.dmarc=none header.from=example.org (x)",
    ],
)
def test_results_of_real_mail_servers_are_parsed(email_header):
    assert get_authenticated_domain([email_header], AUTHORITY_NAME) == "example.org"


@pytest.mark.parametrize(
    "email_header",
    [
        "mx.example.org",
        "mx.example.org; none",
        "mx.example.org; spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org",
        "mx.example.org; dmarc=none header.from=example.org",
        "elsewhere.example.net; dmarc=pass (for mx.example.org) header.from=example.org",
    ],
)
def test_sender_is_not_authenticated_without_dmarc(email_header):
    assert get_authenticated_domain([email_header], AUTHORITY_NAME) == ""


@pytest.mark.parametrize(
    "email_header",
    [
        "",
        ";",
        "mx.example.org; dmarc",
        "mx.example.org; dmarc=",
        "mx.example.org dmarc=pass",
        "mx.example.org; dmarc=pass header.from=",
        'mx.example.org; dmarc=pass header.from="example.org',
        "mx.example.org; dmarc=pass (header.from=example.org",
        "mx.example.org; dmarc=pass) header.from=example.org",
        'mx.example.org; dmarc=pass header.from="a"b',
        "mx.example.org; dmarc=pass\r\nheader.from=example.org",
        "mx.example.org; dmarc=pass header.from=exam\0ple.org",
        "mx.example.org;" + " dkim=pass;" * 2000,
    ],
)
def test_invalid_results_header_is_refused(email_header):
    with pytest.raises(AuthenticationResultsError):
        parse_authentication_results(email_header)


def test_deeply_nested_comments_are_skipped():
    deep = "(" * 4000 + ")" * 4000

    assert (
        get_authenticated_domain([f"mx.example.org; dmarc=pass {deep} header.from=example.org"], AUTHORITY_NAME)
        == "example.org"
    )


@pytest.mark.parametrize(
    ("sender_domain", "expected_address"),
    [
        ("Example.ORG", "example.org"),
        ("Bücher.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("fußball.example", ""),  # IDNA 2003 makes "fussball" of it, 2008 does not
        ("ｅxample.org", ""),
        ("a..org", ""),
        ("", ""),
    ],
)
def test_domains_are_compared_in_ascii(sender_domain, expected_address):
    assert normalise_domain_name(sender_domain) == expected_address


WORD_STRATEGY = st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)
DOMAIN_STRATEGY = st.builds(lambda a, b: f"{a}.{b}", WORD_STRATEGY, WORD_STRATEGY)
QUOTED_STRATEGY = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(
    lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
)
COMMENT_STRATEGY = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(
    lambda text: "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
)
FORGED_RESULT = "dmarc=pass header.from=victim.example"


@given(QUOTED_STRATEGY, COMMENT_STRATEGY, DOMAIN_STRATEGY)
@example(f'"x; {FORGED_RESULT}"', f"(; {FORGED_RESULT})", "example.net")
def test_result_inside_quoted_value_reason_or_comment_is_ignored(quoted_value, comment, sender_domain):
    header = (
        f"mx.example.org; spf=pass reason={quoted_value} {comment} smtp.mailfrom={quoted_value};"
        f" dmarc=fail header.from={sender_domain}"
    )
    results = parse_authentication_results(header).results

    assert [(result.method, result.result) for result in results] == [("spf", "pass"), ("dmarc", "fail")]
    assert get_authenticated_domain([header], AUTHORITY_NAME) == ""


@given(DOMAIN_STRATEGY, QUOTED_STRATEGY, COMMENT_STRATEGY, st.sampled_from(["", "\r\n ", "\n\t"]))
def test_result_of_server_is_parsed_in_any_surroundings(sender_domain, quoted_value, comment, folding_space):
    header = (
        f"mx.example.org;{folding_space} spf=fail smtp.mailfrom={quoted_value};"
        f"{folding_space} dmarc=pass {comment}{folding_space} header.from={sender_domain}"
    )

    assert get_authenticated_domain([header], AUTHORITY_NAME) == sender_domain


@given(
    st.lists(
        st.text(max_size=60) | st.sampled_from([f"{AUTHORITY_NAME}; {FORGED_RESULT}", f"{AUTHORITY_NAME}; dmarc=fail"]),
        max_size=4,
    )
)
def test_any_header_can_be_parsed_and_failure_takes_precedence(raw_headers):
    failed = f"{AUTHORITY_NAME}; dmarc=fail header.from=victim.example"

    assert get_authenticated_domain([failed, *raw_headers], AUTHORITY_NAME) == ""
    assert isinstance(get_authenticated_domain(raw_headers, AUTHORITY_NAME), str)


@given(DOMAIN_STRATEGY, DOMAIN_STRATEGY)
def test_sender_with_two_domains_is_not_authenticated(first_domain, second_domain):
    headers = [f"{AUTHORITY_NAME}; dmarc=pass header.from={domain}" for domain in (first_domain, second_domain)]

    assert get_authenticated_domain(headers, AUTHORITY_NAME) == (first_domain if first_domain == second_domain else "")


@pytest.mark.parametrize(
    ("email_header", "sender_address", "sender_name"),
    [
        ("a@example.org", "a@example.org", ""),
        ("A Person <A@Example.org>", "a@example.org", "A Person"),
        ('"Person, A" <a@example.org>', "a@example.org", "Person, A"),
        ("a@example.org (A Person)", "a@example.org", "A Person"),
        ("A Person (Example) <a@example.org>", "a@example.org", "A Person (Example)"),
        ("=?utf-8?q?=C3=89l=C3=A9onore?=\r\n <e@bücher.example>", "e@xn--bcher-kva.example", "Éléonore"),
        ("=?utf-8?q?b=40example.org=3E?= <a@example.net>", "a@example.net", "b@example.org>"),
        ('"b@example.org" <a@example.net>', "a@example.net", "b@example.org"),
    ],
)
def test_sender_address_is_parsed_before_names_are_decoded(email_header, sender_address, sender_name):
    sender = parse_sender_header([email_header])

    assert (sender.address, sender.name) == (sender_address, sender_name)


INVALID_HEADERS = [
    *("", "a", "A Person", "a@", "@example.org", "<>", "undisclosed-recipients:;"),
    *("a@example.org, b@example.net", "a@example.org b@example.net", "<a@example.org>, ", "A: a@example.org;"),
    *("a@example.org <b@example.net>", "A <a@example.org> <b@example.net>", "<@x.example:a@example.org>"),
    *('"a@example.org"@example.net', "a@[127.0.0.1]", "a@exam\0ple.org", "a..b@example.org", "a@fußball.example"),
    *("=?utf-8?q?a=40example.org?=", "=?utf-8?q?a?=@example.org", "A <a@example.org\r\n b@example.net>"),
    *("a@example.org (unclosed", "A (b <c@example.net>) <a@example.org>", "x" * 40_000 + " <a@example.org>"),
]


@pytest.mark.parametrize("from_headers", [[], ["a@example.org", "b@example.net"], *([bad] for bad in INVALID_HEADERS)])
def test_from_header_without_exactly_one_address_has_no_sender(from_headers):
    with pytest.raises(SenderError):
        parse_sender_header(from_headers)


@given(st.text(max_size=60), st.text(max_size=60))
@example("victim@victim.example, ", "")
@example("=?utf-8?q?victim=40victim.example=3E=2C?= ", "")
def test_text_around_address_does_not_change_sender(text_before, text_after):
    header = f"{text_before}<a@example.net>{text_after}"
    try:
        sender = parse_sender_header([header])
    except SenderError:
        return

    assert sender.address == "a@example.net"


def test_results_without_authority_are_ignored():
    assert get_authenticated_domain(['""; dmarc=pass header.from=example.org'], "") == ""


def test_unreadable_header_of_authority_authenticates_nothing():
    passed = f"{AUTHORITY_NAME}; dmarc=pass header.from=example.org"

    assert get_authenticated_domain([passed], AUTHORITY_NAME) == "example.org"
    assert get_authenticated_domain([passed, f"{AUTHORITY_NAME}; dmarc=pass (("], AUTHORITY_NAME) == ""
