"""The first page of a business."""

from django.urls import URLPattern

app_name = "today"
urlpatterns: list[URLPattern] = []
