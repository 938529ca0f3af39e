"""Addresses of the calculators that everybody may use, under /tools/."""

from django.urls import path

from waypost.budget.views import tools

app_name = "tools"
urlpatterns = [
    path("", tools.open_tools, name="list"),
    path("<slug:tool>/", tools.open_tool, name="tool"),
]
