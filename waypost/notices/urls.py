"""Addresses of this app, under /b/<slug>/notices/."""

from django.urls import path

from waypost.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("choose/", views.choose, name="choose"),
    path("devices/", views.device_add, name="device_add"),
    path("devices/<int:pk>/remove/", views.device_remove, name="device_remove"),
    path("chats/", views.address_add, name="address_add"),
    path("chats/<int:pk>/try/", views.address_try, name="address_try"),
    path("chats/<int:pk>/remove/", views.address_remove, name="address_remove"),
    path("<int:pk>/", views.visit, name="visit"),
    path("<int:pk>/toggle/", views.toggle, name="toggle"),
]
