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
    path("repeats/", views.repeats, name="repeats"),
    path("repeats/<int:pk>/end/", views.repeat_end, name="repeat_end"),
    path("evergreen/<int:pk>/remove/", views.evergreen_remove, name="evergreen_remove"),
    path("bulk/<str:verb>/", views.bulk, name="bulk"),
    path("bulk/<str:verb>/undo/", views.bulk_undo, name="bulk_undo"),
    path("new/", views.new, name="new"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/history/", views.history, name="history"),
    path("ideas/", views.ideas, name="ideas"),
    path("ideas/new/", views.idea_new, name="idea_new"),
    path("ideas/feeds/", views.feed_new, name="feed_new"),
    path("ideas/feeds/<int:pk>/remove/", views.feed_remove, name="feed_remove"),
    path("ideas/entries/<int:pk>/draft/", views.entry_draft, name="entry_draft"),
    path("ideas/products/<int:pk>/draft/", views.product_draft, name="product_draft"),
    path("texts/", views.texts, name="texts"),
    path("texts/<int:pk>/", views.text_edit, name="text_edit"),
    path("texts/<int:pk>/remove/", views.text_remove, name="text_remove"),
    path("links/", views.link_rule, name="link_rule"),
    path("<int:pk>/status/", views.set_status, name="set_status"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/clients/", views.client_links, name="client_links"),
    path("clients/<int:pk>/withdraw/", views.client_link_revoke, name="client_link_revoke"),
    path("<int:pk>/repeat/", views.repeat, name="repeat"),
    path("<int:pk>/following/", views.change_following, name="change_following"),
    path("<int:pk>/evergreen/", views.evergreen, name="evergreen"),
    path("<int:pk>/peek/", views.peek, name="peek"),
    path("<int:pk>/queue/", views.queue_add, name="queue_add"),
    path("<int:pk>/queue/skip/", views.queue_skip, name="queue_skip"),
    path("<int:pk>/queue/leave/", views.queue_leave, name="queue_leave"),
    path("<int:pk>/queue/step/", views.queue_step, name="queue_step"),
    path("<int:pk>/place/", views.place, name="place"),
]
