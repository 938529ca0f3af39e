"""Addresses of this app, under /b/<slug>/."""

from django.urls import path

from waypost.content import views

app_name = "content"
urlpatterns = [
    path("", views.items, name="items"),
    path("calendar/", views.calendar, name="calendar"),
    path("new/", views.new, name="new"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/history/", views.history, name="history"),
    path("texts/", views.texts, name="texts"),
    path("texts/<int:pk>/", views.text_edit, name="text_edit"),
    path("texts/<int:pk>/remove/", views.text_remove, name="text_remove"),
    path("links/", views.link_rule, name="link_rule"),
    path("<int:pk>/status/", views.set_status, name="set_status"),
    path("<int:pk>/move/", views.move, name="move"),
]
