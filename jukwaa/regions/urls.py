from django.urls import include, path

from jukwaa.regions import urls_outreach
from jukwaa.regions.views import brief_creation, brief_deliveries, briefs, coverage, observation_pages, region_pages

app_name = "regions"
coverage_urls = [
    path("", coverage.coverage_overview, name="coverage"),
    path("all.csv", coverage.coverage_overview_csv, name="coverage_csv"),
    path("observations/", observation_pages.observation_list, name="observation_list"),
    path("observations/issues/<str:issue>/", observation_pages.observation_issue_detail, name="issue_detail"),
    path("observations/<int:pk>/respond/", observation_pages.observation_voice_new, name="voice_new"),
    path("observations/responses/<int:pk>/", observation_pages.observation_voice_change, name="voice_change"),
    path(
        "observations/responses/<int:pk>/withdraw/",
        observation_pages.observation_voice_withdraw,
        name="voice_take_back",
    ),
    path("regions/<slug:region>/", region_pages.region_detail, name="region_detail"),
    *urls_outreach.urlpatterns,
    path("briefs/", briefs.brief_list, name="brief_list"),
    path("briefs/choose/", brief_creation.brief_records_choose, name="brief_choose"),
    path("briefs/new/", brief_creation.brief_new, name="brief_new"),
    path("briefs/<int:pk>/", briefs.brief_detail, name="brief_detail"),
    path("briefs/<int:pk>/structure/", brief_creation.brief_shape, name="brief_shape"),
    path("briefs/<int:pk>/translate/", brief_creation.brief_translate, name="brief_translate"),
    path("briefs/<int:pk>/translate/confirm/", brief_creation.brief_translation_confirm, name="translation_confirm"),
    path("briefs/<int:pk>/deliveries/new/", brief_deliveries.brief_delivery_new, name="delivery_new"),
    path("briefs/<int:pk>/add-use/", brief_deliveries.brief_use_new, name="brief_use_new"),
    path("briefs/<int:pk>/<str:version>/pages/", briefs.brief_page_count, name="brief_pages"),
    path("briefs/<int:pk>/<str:version>/<slug:length>/", briefs.brief_read_page, name="brief_read"),
    path("briefs/<int:pk>/<str:version>/<slug:length>.<slug:ending>", briefs.brief_file, name="brief_file"),
    path("briefs/deliveries/<int:pk>/withdraw/", brief_deliveries.brief_delivery_withdraw, name="delivery_take_back"),
    path("briefs/deliveries/<int:pk>/questions/new/", brief_deliveries.brief_question_new, name="asked_new"),
    path("briefs/questions/<int:pk>/answer/", brief_deliveries.brief_question_answer, name="asked_answer"),
    path("<slug:measure>/", coverage.coverage_measure_detail, name="measure_detail"),
    path("<slug:measure>/all.csv", coverage.coverage_measure_csv, name="measure_csv"),
]
urlpatterns = [path("coverage/", include(coverage_urls)), *urls_outreach.answer_urls]
