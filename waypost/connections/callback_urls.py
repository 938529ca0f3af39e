"""Where the networks send people back to."""

from django.urls import path

from waypost.connections import views

app_name = "connections_callback"
urlpatterns = [path("callback/", views.callback, name="callback")]
