"""Addresses of this app, under /b/<slug>/people/."""

from django.urls import path

from waypost.accounts import hat_views, views

app_name = "accounts"
urlpatterns = [
    path("", views.people, name="people"),
    path("add/", views.add, name="add"),
    path("business/", views.business, name="business"),
    path("roles/", hat_views.hats, name="hats"),
    path("roles/change/", hat_views.hats_edit, name="hats_edit"),
    path("roles/all-mine/", hat_views.hats_all_mine, name="hats_all_mine"),
    path("<int:pk>/role/", views.role, name="role"),
    path("<int:pk>/link/", views.link, name="link"),
]
