"""Addresses of this app, under /b/<slug>/."""

from django.urls import path

from waypost.connections import views

app_name = "connections"
urlpatterns = [
    path("", views.connection_list, name="list"),
    path("choose/", views.choose, name="choose"),
    path("continue/", views.continue_, name="continue_"),
    path("connect/<slug:provider_id>/", views.connect, name="connect"),
    path("<int:pk>/cap/", views.cap, name="cap"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
