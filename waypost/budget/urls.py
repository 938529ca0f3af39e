"""Addresses of this app, under /b/<slug>/budget/."""

from django.urls import path

from waypost.budget.views import sheet, tools

app_name = "budget"
urlpatterns = [
    path("", sheet.sheet_page, name="sheet"),
    path("tools/", tools.tools, name="tools"),
    path("tools/<slug:tool>/", tools.tool, name="tool"),
]
