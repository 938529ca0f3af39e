"""Addresses of this app, under /b/<slug>/people/."""

from django.urls import path

from waypost.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.people, name="people"),
    path("add/", views.add, name="add"),
    path("business/", views.business, name="business"),
    path("<int:pk>/role/", views.role, name="role"),
    path("<int:pk>/link/", views.link, name="link"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
