"""The reading desk, and what came over the mailing list."""

from django.urls import include, path

from jukwaa.intake import views
from jukwaa.intake.views import archive
from jukwaa.intake.views import mailing_list as listposts

app_name = "intake"
desk_pages = [
    path("", views.reading_list, name="reading_list"),
    path("new/", views.reading_new, name="reading_new"),
    path("folder/new/", views.folder_new, name="folder_new"),
    path("drives/new/", views.drive_new, name="drive_new"),
    path("drives/<int:pk>/", views.drive_detail, name="drive_detail"),
    path("drives/<int:pk>/labels/", views.drive_labels, name="drive_labels"),
    path("documents/<int:pk>/open/", views.document_open, name="document_open"),
    path("documents/<int:pk>/readers/", views.document_readers, name="document_readers"),
    path("documents/<int:pk>/publish/", views.document_publish, name="document_publish"),
    path("<int:pk>/", views.reading_detail, name="reading_detail"),
    path("<int:pk>/meeting/", views.reading_meeting, name="reading_meeting"),
    path("<int:pk>/attendance/", views.reading_attendance, name="reading_attendance"),
    path("<int:pk>/entries/", views.reading_entries, name="reading_entries"),
    path("<int:pk>/add/", views.reading_enter, name="reading_enter"),
    path("<int:pk>/scope/<slug:scope>/", views.reading_scope, name="reading_scope"),
    path("<int:pk>/accept/<slug:kind>/", views.reading_accept_rest, name="reading_accept_rest"),
    path("<int:pk>/accept/<slug:kind>/undo/", views.reading_accept_undo, name="reading_accept_undo"),
    path("<int:pk>/cancel/", views.reading_give_up, name="reading_give_up"),
    path("<int:pk>/resume/", views.reading_take_up, name="reading_take_up"),
    path("<int:pk>/parts/new/", views.part_new, name="part_new"),
    path("<int:pk>/parts/<int:part>/delete/", views.part_delete, name="part_delete"),
    path("<int:pk>/names/<int:name>/", views.actor_detail, name="actor_detail"),
    path("<int:pk>/names/<int:name>/match/", views.actor_match, name="actor_match"),
    path("<int:pk>/names/match/", views.actors_match, name="actors_match"),
    path("<int:pk>/sentences/<int:number>/keep/<slug:kind>/", views.suggestion_keep, name="suggestion_keep"),
    path("<int:pk>/sentences/<int:number>/split/", views.reading_split, name="reading_split"),
    path("<int:pk>/split/undo/", views.reading_rejoin, name="reading_rejoin"),
    path("<int:pk>/suggestions/new/", views.suggestion_new, name="suggestion_new"),
    path("<int:pk>/suggestions/<int:suggestion>/accept/", views.suggestion_accept, name="suggestion_accept"),
    path("<int:pk>/suggestions/<int:suggestion>/reject/", views.suggestion_refuse, name="suggestion_refuse"),
    path("<int:pk>/suggestions/<int:suggestion>/reopen/", views.suggestion_again, name="suggestion_again"),
    path("<int:pk>/suggestions/<int:suggestion>/edit/", views.suggestion_edit, name="suggestion_edit"),
    path("<int:pk>/suggestions/<int:suggestion>/merge/", views.suggestion_merge, name="suggestion_merge"),
    path("<int:pk>/suggestions/<int:suggestion>/kind/<slug:kind>/", views.suggestion_kind, name="suggestion_kind"),
    path("<int:pk>/suggestions/<int:suggestion>/similar/add/", views.similar_add, name="similar_add"),
    path("<int:pk>/suggestions/<int:suggestion>/similar/reject/", views.similar_reject, name="similar_reject"),
]
mailing_list = [
    path("", listposts.list_posts, name="list_posts"),
    path("archive/", archive.list_archive, name="list_archive"),
    path("archive/new-posts/open/", archive.list_posts_open, name="list_posts_open"),
    path("imports/new/", archive.list_import_new, name="list_import_new"),
    path("imports/<int:pk>/", archive.list_import_detail, name="list_import_detail"),
    path("imports/<int:pk>/open/", archive.list_import_open, name="list_import_open"),
    path("imports/<int:pk>/undo/", archive.list_import_undo, name="list_import_undo"),
    path("<int:pk>/", listposts.list_post, name="list_post"),
    path("<int:pk>/record/", listposts.list_post_record, name="list_post_record"),
    path("<int:pk>/hide/", archive.list_post_hide, name="list_post_hide"),
    path("<int:pk>/show/", archive.list_post_show, name="list_post_show"),
]
urlpatterns = [
    path("<slug:coalition>/report-imports/", include(desk_pages)),
    path("<slug:coalition>/mailing-list/", include(mailing_list)),
]
