"""Files at fixed addresses of the site, and those of a coalition that they lead to."""

from django.urls import path

from jukwaa.exchange.views import site_files

app_name = "site"
urlpatterns = [
    path("robots.txt", site_files.robots_txt, name="robots"),
    path("sitemap.xml", site_files.sitemap_index, name="sitemap_index"),
    path("<slug:coalition>/sitemap-<int:page>.xml", site_files.sitemap, name="sitemap"),
    path(".well-known/security.txt", site_files.security_txt, name="security_txt"),
    path("manifest.webmanifest", site_files.site_manifest, name="manifest"),
    path("<slug:coalition>/manifest.webmanifest", site_files.coalition_manifest, name="coalition_manifest"),
]
