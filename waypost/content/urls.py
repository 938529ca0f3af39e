"""Addresses of this app, under /b/<slug>/."""

from django.urls import path

from waypost.content import views
from waypost.content.views import exchange, feed

app_name = "content"
urlpatterns = [
    path("", views.items, name="items"),
    path("calendar/", views.calendar, name="calendar"),
    path("files/", exchange.exchange, name="exchange"),
    path("files/send/", exchange.send, name="send_file"),
    path("files/<int:pk>/", exchange.import_, name="import"),
    path("files/<int:pk>/start/", exchange.import_start, name="import_start"),
    path("feed/renew/", feed.feed_renew, name="feed_renew"),
    path("feed/revoke/", feed.feed_revoke, name="feed_revoke"),
    path("queue/", views.queue, name="queue"),
    path("queue/shuffle/", views.queue_shuffle, name="queue_shuffle"),
    path("queue/order/", views.queue_order, name="queue_order"),
    path("slots/", views.slots, name="slots"),
    path("slots/<int:pk>/remove/", views.slot_remove, name="slot_remove"),
    path("new/", views.new, name="new"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/status/", views.set_status, name="set_status"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/clients/", views.client_links, name="client_links"),
    path("clients/<int:pk>/withdraw/", views.client_link_revoke, name="client_link_revoke"),
    path("<int:pk>/peek/", views.peek, name="peek"),
    path("<int:pk>/queue/", views.queue_add, name="queue_add"),
    path("<int:pk>/queue/skip/", views.queue_skip, name="queue_skip"),
    path("<int:pk>/queue/leave/", views.queue_leave, name="queue_leave"),
    path("<int:pk>/queue/step/", views.queue_step, name="queue_step"),
    path("<int:pk>/place/", views.place, name="place"),
]
