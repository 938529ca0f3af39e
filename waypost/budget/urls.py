"""Addresses of this app, under /b/<slug>/budget/."""

from django.urls import path

from waypost.budget.views import sheet

app_name = "budget"
urlpatterns = [
    path("", sheet.sheet_page, name="sheet"),
]
