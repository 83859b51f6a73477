from django.urls import path

from jukwaa.records.views import comments, documents, files, history, lifecycle, organisation_record
from jukwaa.records.views import quarantine as held

app_name = "records"
urlpatterns = [
    path("documents/", documents.document_list, name="document_list"),
    path("documents/<int:pk>/", documents.document_detail, name="document_detail"),
    path("documents/<int:pk>/file/", documents.document_file, name="document_file"),
    path("our-organisation/", organisation_record.own_organisation_redirect, name="own_organisation"),
    path("organisations/<int:pk>/record/", organisation_record.organisation_record, name="organisation_record"),
    path(
        "organisations/<int:pk>/record/public.<slug:ending>",
        organisation_record.organisation_record_file,
        name="organisation_record_file",
    ),
    path(
        "organisations/<int:pk>/record/representatives/",
        organisation_record.organisation_record_own,
        name="organisation_record_own",
    ),
    path(
        "organisations/<int:pk>/record/representatives.<slug:ending>",
        organisation_record.organisation_record_own_file,
        name="organisation_record_own_file",
    ),
    path("records/not-accepted/", held.submission_not_taken, name="not_taken"),
    path("records/quarantine/", held.held_submission_list, name="held_list"),
    path("records/quarantine/<int:pk>/", held.held_submission_detail, name="held_detail"),
    path("records/quarantine/<int:pk>/release/", held.held_submission_release, name="held_release"),
    path("records/quarantine/<int:pk>/delete/", held.held_submission_purge, name="held_purge"),
    path("records/comments/<int:pk>/reply/", comments.comment_reply, name="comment_reply"),
    path("records/comments/<int:pk>/edit/", comments.comment_edit, name="comment_edit"),
    path("records/comments/<int:pk>/history/", comments.comment_history, name="comment_history"),
    path("records/comments/<int:pk>/hide/", comments.comment_hide, name="comment_hide"),
    path("records/comments/<int:pk>/unhide/", comments.comment_unhide, name="comment_unhide"),
    path("records/comments/<int:pk>/delete/", comments.comment_purge, name="comment_purge"),
    path("records/files/<int:pk>/", files.attachment_file, name="attachment"),
    path("records/files/<int:pk>/text/", files.attachment_text_page, name="attachment_text"),
    path("records/files/<int:pk>/remove/", files.attachment_remove, name="attachment_remove"),
    path("records/<int:pk>/discussion/", comments.record_comment_list, name="talk"),
    path("records/<int:pk>/comments/", comments.comment_add, name="comment_add"),
    path("records/<int:pk>/files/add/", files.attachment_add, name="attachment_add"),
    path("records/<int:pk>/history/", history.record_history, name="history"),
    path("records/<int:pk>/history/<int:number>/", history.record_version_detail, name="version_detail"),
    path("records/<int:pk>/history/<int:number>/restore/", history.record_version_restore, name="version_restore"),
    path("records/<int:pk>/history/<int:number>/delete/", history.record_version_purge, name="version_purge"),
    path("records/<int:pk>/withdraw/", lifecycle.record_withdraw, name="withdraw"),
    path("records/<int:pk>/quarantine/", lifecycle.record_hold, name="hold"),
    path("records/<int:pk>/release/", lifecycle.record_release, name="release"),
    path("records/<int:pk>/delete/", lifecycle.record_purge, name="purge"),
]
