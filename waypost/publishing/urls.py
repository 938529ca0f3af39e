"""Addresses of this app, under /b/<slug>/."""

from django.urls import URLPattern

app_name = "publishing"
urlpatterns: list[URLPattern] = []
