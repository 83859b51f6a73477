from django.urls import path

from jukwaa.regions.views import coverage, place

app_name = "regions"
urlpatterns = [
    path("", coverage.overview, name="coverage"),
    path("all.csv", coverage.overview_csv, name="coverage_csv"),
    path("regions/<slug:region>/", place.region_detail, name="region_detail"),
    path("<slug:measure>/", coverage.measure_detail, name="measure_detail"),
    path("<slug:measure>/all.csv", coverage.measure_csv, name="measure_csv"),
]
