"""Addresses of this app, under /b/<slug>/board/."""

from django.urls import path

from waypost.board.views import boards, cards, connected, lists, setup

app_name = "board"
urlpatterns = [
    path("", boards.board, name="board"),
    path("live/", connected.live, name="live"),
    path("changes/", boards.changes, name="changes"),
    path("cards/", boards.cards, name="cards"),
    path("new/", boards.card_new, name="card_new"),
    path("undo/<str:token>/", boards.undo, name="undo"),
    path("setup/", setup.setup, name="setup"),
    path("setup/columns/new/", setup.column_new, name="column_new"),
    path("setup/columns/<str:column>/", setup.column, name="column"),
    path("setup/columns/<str:column>/move/", setup.column_move, name="column_move"),
    path("setup/columns/<str:column>/remove/", setup.column_remove, name="column_remove"),
    path("setup/labels/<int:pk>/remove/", setup.label_remove, name="label_remove"),
    path("initiatives/<int:pk>/tasks/new/", lists.task_new, name="task_new"),
    path("initiatives/<int:pk>/tasks/count/", lists.count_tasks, name="task_count"),
    path("tasks/<int:pk>/", cards.task, name="task"),
    path("tasks/<int:pk>/look/", cards.look, name="look"),
    path("tasks/<int:pk>/move/", boards.move, name="move"),
    path("tasks/<int:pk>/finish/", lists.finish, name="finish"),
    path("tasks/<int:pk>/reopen/", lists.reopen, name="reopen"),
    path("tasks/<int:pk>/up/", lists.up, name="up"),
    path("tasks/<int:pk>/down/", lists.down, name="down"),
    path("tasks/<int:pk>/remove/", lists.remove, name="remove"),
    path("tasks/<int:pk>/put-back/", lists.put_back, name="put_back"),
    path("tasks/<int:pk>/steps/add/", cards.step_add, name="step_add"),
    path("tasks/<int:pk>/labels/", cards.labels, name="labels"),
    path("tasks/<int:pk>/labels/new/", cards.label_new, name="label_new"),
    path("tasks/<int:pk>/attach/", cards.attach, name="attach"),
    path("steps/<int:pk>/tick/", cards.step_tick, name="step_tick"),
    path("steps/<int:pk>/move/", cards.step_move, name="step_move"),
    path("steps/<int:pk>/remove/", cards.step_remove, name="step_remove"),
    path("attachments/<int:pk>/remove/", cards.detach, name="attachment_remove"),
    path("links/<int:pk>/remove/", cards.unlink, name="link_remove"),
]
