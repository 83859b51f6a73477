from django.urls import path

from jukwaa.eligibility.views import coordination, cycle, links, self_check, statement

app_name = "eligibility"
urlpatterns = [
    path("", self_check.check_detail, name="check"),
    path("statement/", statement.statement_detail, name="statement"),
    path("statement/file/", statement.statement_file, name="statement_file"),
    path("cycle/", cycle.cycle_detail, name="cycle"),
    path("links/check/", links.links_check, name="links_check"),
    path("coordination/", coordination.coordination_list, name="coordination_list"),
    path("coordination/new/", coordination.coordination_new, name="coordination_new"),
    path("coordination/import/", coordination.coordination_import, name="coordination_import"),
    path("coordination/<int:pk>/", coordination.coordination_log, name="coordination_log"),
    path("coordination/<int:pk>/edit/", coordination.coordination_edit, name="coordination_edit"),
    path("coordination/<int:pk>/remove/", coordination.coordination_remove, name="coordination_remove"),
    path("<int:year>/", self_check.check_detail, name="check_year"),
    path("<int:year>/<slug:rule>/", self_check.condition_edit, name="condition_edit"),
]
