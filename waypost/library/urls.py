"""Addresses of this app, under /b/<slug>/library/."""

from django.urls import path

from waypost.library.views import adding, arranging, files, looking

app_name = "library"
urlpatterns = [
    path("", looking.list_, name="list"),
    path("upload/", adding.upload, name="upload"),
    path("link/", adding.link, name="link"),
    path("bulk/", arranging.bulk, name="bulk"),
    path("back/<str:token>/", arranging.put_back, name="put_back"),
    path("folders/new/", arranging.folder_new, name="folder_new"),
    path("folders/back/<str:token>/", arranging.folder_back, name="folder_back"),
    path("folders/<int:pk>/", arranging.folder_edit, name="folder_edit"),
    path("folders/<int:pk>/remove/", arranging.folder_remove, name="folder_remove"),
    path("<int:pk>/", looking.one, name="one"),
    path("<int:pk>/edit/", arranging.edit, name="edit"),
    path("<int:pk>/card/", looking.card, name="card"),
    path("<int:pk>/rename/", arranging.rename, name="rename"),
    path("<int:pk>/remove/", arranging.remove, name="remove"),
    path("<int:pk>/version/", adding.version, name="version"),
    path("<int:pk>/file", files.file, name="file"),
    path("<int:pk>/thumbnail", files.thumbnail, name="thumbnail"),
    path("versions/<int:pk>/back/", adding.bring_back, name="version_back"),
    path("versions/<int:pk>/file", files.version_file, name="version_file"),
    path("renditions/<int:pk>/file", files.rendition, name="rendition"),
]
