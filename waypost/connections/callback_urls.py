"""Where the networks send people back to."""

from django.urls import URLPattern

app_name = "connections_callback"
urlpatterns: list[URLPattern] = []
