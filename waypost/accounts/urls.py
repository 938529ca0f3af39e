"""Addresses of this app, under /b/<slug>/people/."""

from django.urls import path

from waypost.accounts.views import absences, hats, inviting, log, people

app_name = "accounts"
urlpatterns = [
    path("", people.people, name="people"),
    path("invite/", inviting.add, name="add"),
    path("invitations/<int:pk>/link/", inviting.renew, name="invitation_renew"),
    path("invitations/<int:pk>/take-back/", inviting.take_back, name="invitation_take_back"),
    path("business/", people.business, name="business"),
    path("business/two-steps/", people.second_factor, name="second_factor"),
    path("roles/", hats.hats, name="hats"),
    path("roles/change/", hats.hats_edit, name="hats_edit"),
    path("roles/all-mine/", hats.hats_all_mine, name="hats_all_mine"),
    path("away/", absences.absences, name="absences"),
    path("away/new/", absences.absence_new, name="absence_new"),
    path("away/<int:pk>/", absences.absence, name="absence"),
    path("away/<int:pk>/remove/", absences.absence_remove, name="absence_remove"),
    path("log/", log.log, name="log"),
    path("log.csv", log.log_file, name="log_file"),
    path("<int:pk>/role/", people.role, name="role"),
]
