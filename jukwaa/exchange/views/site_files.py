"""Files that browsers, search engines and security researchers look for at fixed addresses of the site."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.exchange.sitemaps import count_sitemap_files, list_sitemap_entries
from jukwaa.exchange.views.feeds import FEED_CACHE_SECONDS
from jukwaa.updates.email_links import build_absolute_url

SECONDS_PER_DAY = int(timedelta(days=1).total_seconds())
PLAIN_TEXT, XML, MANIFEST = "text/plain; charset=utf-8", "application/xml", "application/manifest+json"
DISALLOWED_ROBOTS_PATHS = (
    "/account/",
    "/mail/",
    "/answer/",
    "/*/search/",
    "/*/downloads/",
    "/*/feeds/own/",
    "/*/data-requests/",
)
SECURITY_CONTACT_VALIDITY_DAYS = 180  # RFC 9116, 2.5.5: less than a year
PAPER_COLOUR, INK_COLOUR = "#fbf9f5", "#2a201b"  # `--paper` and `--ink` in tokens.css
MANIFEST_ICON_SIZES = (("192", "any"), ("512", "any"), ("512", "maskable"))


@login_not_required
@require_GET
@cache_control(public=True, max_age=SECONDS_PER_DAY)
def robots_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """RFC 9309. A demonstration is not to be found: it names real organisations beside made-up content."""
    if settings.DEMO:
        return HttpResponse("User-agent: *\nDisallow: /\n", content_type=PLAIN_TEXT)
    rules = "".join(f"Disallow: {path}\n" for path in DISALLOWED_ROBOTS_PATHS)
    sitemap = build_absolute_url(reverse("site:sitemap_index"))
    return HttpResponse(f"User-agent: *\n{rules}\nSitemap: {sitemap}\n", content_type=PLAIN_TEXT)


@login_not_required
@require_GET
@cache_control(public=True, max_age=SECONDS_PER_DAY)
def security_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """RFC 9116: where to report a vulnerability. Not found while the operator has given no contact."""
    contact = settings.OPERATOR_CONTACT
    if "@" not in contact and not contact.startswith("https://"):
        raise Http404
    first_of_month = (
        timezone.now().astimezone(UTC).date().replace(day=1)
    )  # it changes once a month, not at each request
    expires = datetime.combine(first_of_month, datetime.min.time(), UTC) + timedelta(
        days=SECURITY_CONTACT_VALIDITY_DAYS
    )
    lines = [
        f"Contact: {contact if contact.startswith('https://') else f'mailto:{contact}'}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {build_absolute_url(reverse('site:security_txt'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN_TEXT)


@login_not_required
@require_GET
def sitemap_index(request: HttpRequest) -> HttpResponse:
    urls = [
        build_absolute_url(reverse("site:sitemap", args=[coalition.slug, page]))
        for coalition in Coalition.objects.open()
        for page in range(1, count_sitemap_files(coalition) + 1)
    ]
    return render(request, "exchange/sitemap_index.xml", {"urls": urls}, content_type=XML)


@login_not_required
@require_GET
@cache_for_visitors
def sitemap(request: Request, coalition: Coalition, page: int) -> HttpResponse:
    """What the world may read, whoever asks. Raises Http404 for a file that the index does not list."""
    if not 0 < page <= count_sitemap_files(coalition):
        raise Http404
    entries = list_sitemap_entries(coalition, page)
    response = render(request, "exchange/sitemap.xml", {"entries": entries}, content_type=XML)
    patch_cache_control(response, private=True, no_cache=True, max_age=FEED_CACHE_SECONDS)
    return response


@login_not_required
@require_GET
@cache_control(public=True, max_age=SECONDS_PER_DAY)
def site_manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    with translation.override(settings.LANGUAGE_CODE):
        return _build_manifest_response("Jukwaa", _("a home for coalitions"), "/", settings.LANGUAGE_CODE)


@login_not_required
@require_GET
@cache_for_visitors
def coalition_manifest(request: Request, coalition: Coalition) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return _build_manifest_response(coalition.name, coalition.forum, coalition.get_absolute_url(), coalition.language)


def _build_manifest_response(manifest_name: str, description: str, start_url: str, language: str) -> HttpResponse:
    """A web application manifest (W3C), by which a phone can put the site on its home screen."""
    icons = [
        {
            "src": static(f"core/icon-{'maskable-' if purpose == 'maskable' else ''}{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in MANIFEST_ICON_SIZES
    ]
    content = {
        "id": start_url,
        "name": manifest_name,
        "description": description,
        "lang": language,
        "start_url": start_url,
        "scope": "/",  # signing in is outside the pages of a coalition
        "display": "minimal-ui",
        "background_color": PAPER_COLOUR,
        "theme_color": INK_COLOUR,
        "icons": icons,
    }
    shown = {key: value for key, value in content.items() if value}
    return JsonResponse(shown, content_type=MANIFEST, json_dumps_params={"ensure_ascii": False})
