"""Addresses of this app, under /b/<slug>/reports/."""

from django.urls import path

from waypost.insights import (
    calendar_files,
    dashboards,
    import_views,
    month_views,
    post_import_views,
    source_views,
    views,
)

app_name = "insights"
urlpatterns = [
    path("", views.report, name="report"),
    path("calendar/<str:format_name>/", calendar_files.calendar_file, name="calendar_file"),
    path("channels/", dashboards.channels, name="channels"),
    path("posts/", dashboards.posts, name="posts"),
    path("voice/", dashboards.voice, name="voice"),
    path("numbers/", month_views.numbers, name="numbers"),
    path("numbers/import/", import_views.import_file, name="import"),
    path("numbers/import/bring/", import_views.import_bring, name="import_bring"),
    path("numbers/import/posts/", post_import_views.import_posts, name="import_posts"),
    path("posts/<int:pk>/", post_import_views.post_numbers, name="post_numbers"),
    path("sources/", source_views.sources, name="sources"),
    path("sources/<str:service>/connect/", source_views.source_connect, name="source_connect"),
    path("sources/<int:pk>/ask/", source_views.source_ask, name="source_ask"),
    path("sources/<int:pk>/remove/", source_views.source_remove, name="source_remove"),
    path("measure/", views.measure, name="measure"),
    path("initiatives/<int:pk>/", views.initiative, name="initiative"),
]
