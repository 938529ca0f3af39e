"""Addresses of this app, under /b/<slug>/goals/."""

from django.urls import path

from waypost.goals.views import files, goals, initiatives, roadmap, sharing

app_name = "goals"
urlpatterns = [
    path("", goals.goal_list, name="list"),
    path("new/", goals.new, name="new"),
    path("<int:pk>/", goals.goal_page, name="goal"),
    path("<int:pk>/edit/", goals.edit, name="edit"),
    path("<int:pk>/record/", goals.record, name="record"),
    path("<int:pk>/record/<str:token>/undo/", goals.undo_record, name="undo_record"),
    path("<int:pk>/archive/", goals.archive, name="archive"),
    path("<int:pk>/restore/", goals.restore, name="restore"),
    path("<int:pk>/initiatives/new/", initiatives.initiative_new, name="initiative_new"),
    path("initiatives/<int:pk>/edit/", initiatives.initiative_edit, name="initiative_edit"),
    path("initiatives/<int:pk>/status/", initiatives.initiative_status, name="initiative_status"),
    path("roadmap/", roadmap.roadmap_page, name="roadmap"),
    path("roadmap/approve/", roadmap.approve_plan, name="approve_plan"),
    path("roadmap/download/<str:format_name>/", files.roadmap_export, name="roadmap_export"),
    path("roadmap/import/", files.roadmap_import, name="roadmap_import"),
    path("roadmap/import/check/", files.roadmap_bring, name="roadmap_bring"),
    path("roadmap/links/", sharing.roadmap_links, name="roadmap_links"),
    path("roadmap/links/<int:pk>/revoke/", sharing.roadmap_link_revoke, name="roadmap_link_revoke"),
    path("roadmap/undo/<str:token>/", roadmap.roadmap_undo, name="roadmap_undo"),
    path("roadmap/<int:pk>/move/", roadmap.roadmap_move, name="roadmap_move"),
]
