from django.urls import path

from jukwaa.eligibility.views import annual_report, coordination, cycle, links, self_check, statement

app_name = "eligibility"
urlpatterns = [
    path("", self_check.self_check_detail, name="check"),
    path("statement/", statement.statement_detail, name="statement"),
    path("statement/file/", statement.statement_file, name="statement_file"),
    path("cycle/", cycle.cycle_detail, name="cycle"),
    path("links/check/", links.link_check_start, name="links_check"),
    path("coordination/", coordination.coordination_list, name="coordination_list"),
    path("coordination/new/", coordination.coordination_new, name="coordination_new"),
    path("coordination/import/", coordination.coordination_import, name="coordination_import"),
    path("coordination/<int:pk>/", coordination.coordination_log, name="coordination_log"),
    path("coordination/<int:pk>/edit/", coordination.coordination_edit, name="coordination_edit"),
    path("coordination/<int:pk>/remove/", coordination.coordination_remove, name="coordination_remove"),
    path("annual/", annual_report.annual_report_list, name="annual_list"),
    path("annual/<int:year>/", annual_report.annual_report_detail, name="annual_detail"),
    path("annual/<int:year>/report.<slug:ending>", annual_report.annual_report_file, name="annual_file"),
    path("annual/<int:year>/records/<slug:key>/", annual_report.annual_report_records, name="annual_records"),
    path("annual/<int:year>/edit/", annual_report.annual_report_edit, name="annual_edit"),
    path("annual/<int:year>/edit/<slug:key>/", annual_report.section_edit, name="annual_section_edit"),
    path("annual/<int:year>/edit/<slug:key>/restore/", annual_report.section_restore, name="annual_section_restore"),
    path("annual/<int:year>/publish/", annual_report.annual_report_publish, name="annual_publish"),
    path("annual/<int:year>/unpublish/", annual_report.annual_report_unpublish, name="annual_unpublish"),
    path("annual/<int:year>/submission/", annual_report.submission_edit, name="annual_submission"),
    path("<int:year>/", self_check.self_check_detail, name="check_year"),
    path("<int:year>/<slug:rule>/", self_check.condition_edit, name="condition_edit"),
]
