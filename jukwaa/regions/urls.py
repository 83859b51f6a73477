from django.urls import path

from jukwaa.regions import urls_outreach
from jukwaa.regions.views import coverage, observing, place

app_name = "regions"
urlpatterns = [
    path("", coverage.overview, name="coverage"),
    path("all.csv", coverage.overview_csv, name="coverage_csv"),
    path("observations/", observing.observation_list, name="observation_list"),
    path("observations/issues/<str:issue>/", observing.issue_detail, name="issue_detail"),
    path("observations/<int:pk>/say/", observing.voice_new, name="voice_new"),
    path("observations/voices/<int:pk>/", observing.voice_change, name="voice_change"),
    path("observations/voices/<int:pk>/take-back/", observing.voice_take_back, name="voice_take_back"),
    path("regions/<slug:region>/", place.region_detail, name="region_detail"),
    *urls_outreach.urlpatterns,
    path("<slug:measure>/", coverage.measure_detail, name="measure_detail"),
    path("<slug:measure>/all.csv", coverage.measure_csv, name="measure_csv"),
]
