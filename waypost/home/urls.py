"""Addresses outside of a business, and the Today page of one."""

from django.urls import path

from waypost.home import leaving_views, views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("welcome/", views.first_run, name="first_run"),
    path("welcome/demo/", views.open_demo, name="open_demo"),
    path("language/", views.set_language, name="set_language"),
    path("businesses/new/", views.create_business, name="create_business"),
    path("healthz", views.healthz, name="healthz"),
    path("b/<slug:slug>/", views.today, name="today"),
    path("b/<slug:slug>/people/<int:pk>/leaves/", leaving_views.person_leaves, name="leaving"),
    path("b/<slug:slug>/remove-demo/", views.remove_demo, name="remove_demo"),
]
