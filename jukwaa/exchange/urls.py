from django.urls import path

from jukwaa.exchange.views import archives, calendars, citations, feeds, lists

app_name = "exchange"
urlpatterns = [
    path("records/<int:pk>/cite/", citations.record_citation, name="cite"),
    path("records/<int:pk>/cite.bib", citations.citation_bibtex_file, name="cite_bibtex"),
    path("records/<int:pk>/cite.json", citations.citation_csl_file, name="cite_csl"),
    path("downloads/records.zip", archives.records_archive_download, name="archive"),
    path("downloads/collection-<int:pk>.zip", archives.collection_archive, name="collection_archive"),
    path("downloads/<slug:name>.<slug:ending>", lists.list_export_file, name="list_file"),
    path("feeds/", feeds.feed_list, name="feed_list"),
    path("feeds/calendar.ics", calendars.calendar_file, name="calendar"),
    path("feeds/dates/<str:day>/<slug:source>/<int:pk>.ics", calendars.calendar_date_file, name="date_file"),
    path("feeds/own/<str:token>/calendar.ics", calendars.own_calendar_file, name="own_calendar"),
    path("feeds/<slug:name>.atom", feeds.coalition_feed, name="feed"),
    path("feeds/own/new/", feeds.feed_key_new, name="feed_key_new"),
    path("feeds/own/end/", feeds.feed_key_end, name="feed_key_end"),
    path("feeds/own/<str:token>/<slug:name>.atom", feeds.own_feed, name="own_feed"),
]
