"""Addresses outside of a business, and the Today page of one."""

from django.urls import path

from waypost.home import (
    leaving_views,
    narrowing_views,
    operating_views,
    views,
    workload_views,
)

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("welcome/", views.first_run, name="first_run"),
    path("welcome/demo/", views.open_demo, name="open_demo"),
    path("language/", views.set_language, name="set_language"),
    path("businesses/new/", views.create_business, name="create_business"),
    path("healthz", operating_views.healthz, name="healthz"),
    path("healthz/live", operating_views.alive, name="alive"),
    path("healthz/worker", operating_views.healthz_worker, name="healthz_worker"),
    path("metrics", operating_views.metrics, name="metrics"),
    path("operate/", operating_views.operating, name="operating"),
    path("b/<slug:slug>/", views.today, name="today"),
    path("b/<slug:slug>/people/<int:pk>/leaves/", leaving_views.person_leaves, name="leaving"),
    path("b/<slug:slug>/people/<int:pk>/rights/", narrowing_views.narrow, name="narrow"),
    path("b/<slug:slug>/people/workload/", workload_views.workload, name="workload"),
    path("b/<slug:slug>/remove-demo/", views.remove_demo, name="remove_demo"),
]
