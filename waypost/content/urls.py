"""Addresses of this app, under /b/<slug>/."""

from django.urls import path

from waypost.content import views

app_name = "content"
urlpatterns = [
    path("", views.items, name="items"),
    path("calendar/", views.calendar, name="calendar"),
    path("new/", views.new, name="new"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/status/", views.set_status, name="set_status"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/peek/", views.peek, name="peek"),
    path("<int:pk>/place/", views.place, name="place"),
]
