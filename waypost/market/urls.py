"""Addresses of this app, under /b/<slug>/market/."""

from waypost.market import offer_urls

app_name = "market"
urlpatterns = [
    *offer_urls.urlpatterns,
]
