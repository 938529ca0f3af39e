"""Addresses of this app, under /b/<slug>/talk/."""

from django.urls import path

from waypost.talk import views

app_name = "talk"
urlpatterns = [
    path("at/<str:token>/", views.thread, name="thread"),
    path("at/<str:token>/write/", views.write, name="write"),
    path("at/<str:token>/<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/", views.visit, name="visit"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/put-back/", views.put_back, name="put_back"),
    path("<int:pk>/resolve/", views.resolve, name="resolve"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
]
