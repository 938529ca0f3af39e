"""Addresses of this app, under /b/<slug>/."""

from django.urls import path

from waypost.library import views

app_name = "library"
urlpatterns = [
    path("", views.list_, name="list"),
    path("upload/", views.upload, name="upload"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/file", views.file, name="file"),
    path("<int:pk>/thumbnail", views.thumbnail, name="thumbnail"),
]
