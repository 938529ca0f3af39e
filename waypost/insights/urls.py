"""Addresses of this app, under /b/<slug>/reports/."""

from django.urls import path

from waypost.insights import calendar_files, month_views, views

app_name = "insights"
urlpatterns = [
    path("", views.report, name="report"),
    path("calendar/<str:format_name>/", calendar_files.calendar_file, name="calendar_file"),
    path("numbers/", month_views.numbers, name="numbers"),
    path("measure/", views.measure, name="measure"),
    path("initiatives/<int:pk>/", views.initiative, name="initiative"),
]
