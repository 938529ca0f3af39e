"""Addresses of this app, under /b/<slug>/publishing/."""

from django.urls import path

from waypost.publishing import handing, late_views, pausing_views, recall_views, task_views, views

app_name = "publishing"
urlpatterns = [
    path("pause/", pausing_views.pause, name="pause"),
    path("resume/", pausing_views.resume, name="resume"),
    path("late/", late_views.late_posts, name="late"),
    path("late/send/", late_views.send, name="late_send"),
    path("late/move/", late_views.move, name="late_move"),
    path("late/give-up/", late_views.give_up, name="late_give_up"),
    path("late/take-back/", late_views.take_back, name="late_take_back"),
    path("items/<int:pk>/", views.item, name="item"),
    path("items/<int:pk>/schedule/", views.schedule, name="schedule"),
    path("items/<int:pk>/now/", views.publish_now, name="publish_now"),
    path("items/<int:pk>/anyway/", views.send_anyway, name="send_anyway"),
    path("items/<int:pk>/unschedule/", views.unschedule, name="unschedule"),
    path("items/<int:pk>/tasks/", task_views.task_add, name="task_add"),
    path("items/<int:pk>/tasks/<int:number>/", task_views.task_remove, name="task_remove"),
    path("deliveries/<int:pk>/retry/", views.retry, name="retry"),
    path("deliveries/<int:pk>/found/", views.found, name="found"),
    path("deliveries/<int:pk>/send-again/", views.send_again, name="send_again"),
    path("deliveries/<int:pk>/your-turn/", handing.hand_over, name="hand_over"),
    path("deliveries/<int:pk>/your-turn/<int:number>/file", handing.fitted, name="hand_over_file"),
    path("deliveries/<int:pk>/skip/", handing.skip, name="skip"),
    path("deliveries/<int:pk>/words/", recall_views.edit, name="edit"),
    path("deliveries/<int:pk>/delete/", recall_views.delete, name="delete"),
]
