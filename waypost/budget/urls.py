"""Addresses of this app, under /b/<slug>/budget/."""

from django.urls import path

from waypost.budget.views import budgets, cells, lines, sheet, tools

app_name = "budget"
urlpatterns = [
    path("", sheet.sheet_page, name="sheet"),
    path("new/", budgets.new, name="new"),
    path("<int:pk>/settings/", budgets.settings, name="settings"),
    path("<int:pk>/close/", budgets.close, name="close"),
    path("<int:pk>/reopen/", budgets.reopen, name="reopen"),
    path("<int:pk>/log/", budgets.log, name="log"),
    path("<int:pk>/paste/", cells.paste, name="paste"),
    path("<int:pk>/undo/", cells.undo, name="undo"),
    path("<int:pk>/lines/new/", lines.line_new, name="line_new"),
    path("<int:pk>/categories/new/", lines.category_new, name="category_new"),
    path("cell/<int:pk>/<slug:kind>/<int:month>/", cells.cell, name="cell"),
    path("lines/<int:pk>/", lines.line_edit, name="line_edit"),
    path("lines/<int:pk>/move/", lines.line_move, name="line_move"),
    path("lines/<int:pk>/hide/", lines.line_hide, name="line_hide"),
    path("lines/<int:pk>/remove/", lines.line_remove, name="line_remove"),
    path("lines/<int:pk>/restore/", lines.line_restore, name="line_restore"),
    path("tools/", tools.tools, name="tools"),
    path("tools/use/", tools.use_tool, name="use_tool"),
    path("tools/<slug:tool>/", tools.tool, name="tool"),
]
