"""Addresses of this app, under /b/<slug>/strategy/."""

from django.urls import path

from waypost.strategy.views import (
    answering,
    changes,
    concluding,
    files,
    journey,
    overview,
    swot,
    versions,
)

app_name = "strategy"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("document/print/", files.document_print, name="print"),
    path("document/<str:file_format>/", files.document_file, name="document"),
    path("one-page/print/", files.one_page_print, name="one_page_print"),
    path("one-page/<str:file_format>/", files.one_page_file, name="one_page_file"),
    path("swot/", swot.swot, name="swot"),
    path("swot/add/", swot.add, name="swot_add"),
    path("swot/<int:pk>/", swot.edit, name="swot_edit"),
    path("swot/<int:pk>/remove/", swot.remove, name="swot_remove"),
    path("swot/<int:pk>/move/", swot.move, name="swot_move"),
    path("versions/", versions.versions, name="versions"),
    path("versions/approve/", versions.approve, name="approve"),
    path("versions/<int:number>/", versions.compare, name="compare"),
    path("changes/", changes.changes, name="changes"),
    path("changes/new/", changes.new, name="change_new"),
    path("changes/<int:pk>/", changes.edit, name="change"),
    path("changes/<int:pk>/remove/", changes.remove, name="change_remove"),
    path("therefore/<int:pk>/", concluding.edit, name="conclusion"),
    path("therefore/<int:pk>/remove/", concluding.remove, name="conclusion_remove"),
    path("therefore/<int:pk>/lead/", concluding.lead, name="conclusion_lead"),
    path("therefore/<int:pk>/goal/", concluding.new_goal, name="conclusion_goal"),
    path(
        "therefore/<int:pk>/initiative/<int:goal>/",
        concluding.new_initiative,
        name="conclusion_initiative",
    ),
    path("therefore/<int:pk>/unlink/", concluding.unlink, name="conclusion_unlink"),
    path("texts/<int:pk>/restore/", answering.restore, name="restore"),
    path("journey/<slug:question>/check/", journey.check, name="step_check"),
    path("questions/<int:pk>/remove/", overview.remove_question, name="question_remove"),
    path("<slug:key>/", overview.section, name="section"),
    path("<slug:key>/<int:number>/", answering.screen, name="screen"),
    path("<slug:key>/therefore/", concluding.new, name="conclude"),
    path("<slug:key>/ask/", overview.add_question, name="question_add"),
    path("<slug:key>/hide/", overview.hide, name="hide"),
    path("<slug:key>/show/", overview.show, name="show"),
    path("<slug:key>/<slug:question>/relevant/", answering.relevant, name="relevant"),
    path("<slug:key>/<slug:question>/history/", answering.history, name="history"),
]
