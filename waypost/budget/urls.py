"""Addresses of this app, under /b/<slug>/budget/."""

from django.urls import path

from waypost.budget.views import budgets, cells, expenses, files, lines, sheet, tools

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
    path("lines/<int:pk>/<int:month>/", expenses.expenses, name="expenses"),
    path("lines/<int:pk>/<int:month>/new/", expenses.expense_new, name="expense_new"),
    path("lines/<int:pk>/<str:token>/back/", expenses.expense_restore, name="expense_restore"),
    path("expenses/<int:pk>/", expenses.expense_edit, name="expense_edit"),
    path("expenses/<int:pk>/remove/", expenses.expense_remove, name="expense_remove"),
    path("export/<slug:format_name>/", files.export_file, name="export"),
    path("import/", files.import_file, name="import"),
    path("import/accept/", files.import_accept, name="import_accept"),
    path("import/payments/", files.spend, name="spend"),
    path("import/payments/bring/", files.spend_bring, name="spend_bring"),
    path("tools/", tools.tools, name="tools"),
    path("tools/use/", tools.use_tool, name="use_tool"),
    path("tools/<slug:tool>/", tools.tool, name="tool"),
]
