"""Addresses of this app, under /b/<slug>/reports/."""

from django.urls import path

from waypost.insights import views

app_name = "insights"
urlpatterns = [
    path("", views.report, name="report"),
    path("measure/", views.measure, name="measure"),
    path("initiatives/<int:pk>/", views.initiative, name="initiative"),
]
