"""Addresses of this app, under /b/<slug>/market/."""

from waypost.market import offer_urls, target_urls

app_name = "market"
urlpatterns = [
    *target_urls.urlpatterns,
    *offer_urls.urlpatterns,
]
