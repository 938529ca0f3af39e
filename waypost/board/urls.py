"""Addresses of this app, under /b/<slug>/board/."""

from django.urls import path

from waypost.board import views

app_name = "board"
urlpatterns = [
    path("initiatives/<int:pk>/tasks/new/", views.task_new, name="task_new"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/finish/", views.finish, name="finish"),
    path("tasks/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("tasks/<int:pk>/up/", views.up, name="up"),
    path("tasks/<int:pk>/down/", views.down, name="down"),
    path("tasks/<int:pk>/remove/", views.remove, name="remove"),
    path("tasks/<str:token>/put-back/", views.put_back, name="put_back"),
]
