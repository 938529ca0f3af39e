"""Addresses of this app, under /b/<slug>/."""

from django.urls import URLPattern

app_name = "insights"
urlpatterns: list[URLPattern] = []
