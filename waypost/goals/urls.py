"""Addresses of this app, under /b/<slug>/goals/."""

from django.urls import path

from waypost.goals import views

app_name = "goals"
urlpatterns = [
    path("", views.goal_list, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.goal_page, name="goal"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/record/", views.record, name="record"),
    path("<int:pk>/record/<str:token>/undo/", views.undo_record, name="undo_record"),
    path("<int:pk>/archive/", views.archive, name="archive"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/initiatives/new/", views.initiative_new, name="initiative_new"),
    path("initiatives/<int:pk>/edit/", views.initiative_edit, name="initiative_edit"),
    path("initiatives/<int:pk>/status/", views.initiative_status, name="initiative_status"),
]
