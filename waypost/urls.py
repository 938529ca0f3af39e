"""Every address of Waypost. Pages of a business lie under /b/<slug>/."""

from django.apps import apps
from django.urls import include, path

from waypost.accounts.views import sessions
from waypost.accounts.views.inviting import join
from waypost.board.views.files import due_dates, feed
from waypost.content.views import follow
from waypost.content.views.feed import calendar_feed
from waypost.content.views.reviewing import client_picture, client_review
from waypost.goals.views.sharing import shared_roadmap
from waypost.home import errors
from waypost.notices import views as notices
from waypost.reviews.views.files import template_file as report_template
from waypost.reviews.views.sharing import shared_file, shared_report

business = [
    path("strategy/", include("waypost.strategy.urls")),
    path("market/", include("waypost.market.urls")),
    path("goals/", include("waypost.goals.urls")),
    path("board/", include("waypost.board.urls")),
    path("budget/", include("waypost.budget.urls")),
    path("content/", include("waypost.content.urls")),
    path("library/", include("waypost.library.urls")),
    path("connections/", include("waypost.connections.urls")),
    path("talk/", include("waypost.talk.urls")),
    path("publishing/", include("waypost.publishing.urls")),
    path("reports/", include("waypost.insights.urls")),
    path("reviews/", include("waypost.reviews.urls")),
    path("people/", include("waypost.accounts.urls")),
    path("notices/", include("waypost.notices.urls")),
]

urlpatterns = [
    path("", include("waypost.home.urls")),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/end/", sessions.sessions_end, name="sessions_end"),
    path("account/sessions/<int:pk>/end/", sessions.session_end, name="session_end"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/outside/", include("allauth.socialaccount.urls")),
    path("notices/off/<str:token>/", notices.off, name="notices_off"),
    path("notices-worker.js", notices.worker, name="notices_worker"),
    path("report-template/<str:format_name>/", report_template, name="report_template"),
    path("tools/", include("waypost.budget.tools_urls")),
    path("connect/", include("waypost.connections.callback_urls")),
    path("b/<slug:slug>/", include(business)),
    path("l/<slug:code>", follow, name="short_link"),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("join/<str:token>/", join, name="join"),
    path("due-dates/", feed, name="due_feed"),
    path("due-dates/<str:key>.ics", due_dates, name="due_dates"),
    path("review/<str:token>/", client_review, name="client_review"),
    path("review/<str:token>/picture/<int:number>/", client_picture, name="client_picture"),
    path("report/<str:token>/", shared_report, name="shared_report"),
    path("report/<str:token>/report.pdf", shared_file, name="shared_report_file"),
    path("r/<str:token>/", shared_roadmap, name="shared_roadmap"),
]
if apps.is_installed("allauth.socialaccount.providers.openid_connect"):
    outside = include("allauth.socialaccount.providers.openid_connect.urls")
    urlpatterns.append(path("account/", outside))

handler404 = errors.not_found
handler403 = errors.forbidden
handler500 = errors.broken
