"""Addresses of this app, under /b/<slug>/reviews/."""

from django.urls import path

from waypost.reviews.views import files, proposals, reports, sharing, tracing

app_name = "reviews"
urlpatterns = [
    path("", reports.report_list, name="list"),
    path("start/", reports.start, name="start"),
    path("<int:pk>/", reports.report_page, name="report"),
    path("proposals/take/", proposals.take_up, name="proposal_take"),
    path("proposals/aside/", proposals.put_aside, name="proposal_aside"),
    path("proposals/<int:pk>/back/", proposals.bring_back, name="decision_back"),
    path("goals/<int:pk>/", tracing.goal, name="trace_goal"),
    path("posts/<int:pk>/", tracing.post, name="trace_post"),
    path("<int:pk>/links/", sharing.links, name="links"),
    path("links/<int:pk>/revoke/", sharing.link_revoke, name="link_revoke"),
    path("<int:pk>/count/", reports.count_anew, name="count_anew"),
    path("<int:pk>/sign/", reports.sign, name="sign"),
    path("<int:pk>/remove/", reports.remove, name="remove"),
    path("<int:pk>/task/", reports.line_task, name="line_task"),
    path("<int:pk>/versions/<int:number>/", reports.version, name="version"),
    path("<int:pk>/download/<str:format_name>/", files.report_file, name="file"),
]
