"""Compare the domain of an email address with that of an organisation's website: a fact, and no judgement.

Many people work from a personal address, and organisations have several domains.
"""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Affiliation


def describe_address_domain(affiliation: Affiliation) -> str:
    """Return whether the person's address is at the organisation's domain; an empty string without an address."""
    address = _get_address_domain(affiliation.person.email or "")
    website = _get_website_domain(affiliation.organisation.website)
    if not address:
        return ""
    if not website:
        return _(
            "Address at %(domain)s. The directory has no website for the organisation, so we can't compare the two."
        ) % {"domain": address}
    if is_same_domain(address, website):
        return _("Address at the domain of the organisation, %(domain)s.") % {"domain": website}
    return _("Address at %(domain)s. The website of the organisation is at %(website)s.") % {
        "domain": address,
        "website": website,
    }


def is_same_domain(address: str, website_url: str) -> bool:
    """Return whether the address is at the website's domain or below it: mail.example.org and example.org.

    Not the other way round: an address at google.com says nothing about a website at sites.google.com.
    """
    return address == website_url or address.endswith(f".{website_url}")


def _get_address_domain(address: str) -> str:
    return address.rpartition("@")[2].strip().rstrip(".").lower()


def _get_website_domain(website_url: str) -> str:
    try:
        host = urlsplit(website_url if "//" in website_url else f"//{website_url}").hostname or ""
    except ValueError:
        return ""
    return host.lower().rstrip(".").removeprefix("www.")
