"""Addresses of products, channels, their set-up and tools, under /b/<slug>/market/."""

from django.urls import path, register_converter

from waypost.market import product_views as products


class WayConverter:
    """Which neighbour a record changes places with."""

    regex = "up|down"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(WayConverter, "way")

urlpatterns = [
    path("products/", products.products, name="products"),
    path("products/new/", products.product_new, name="product_new"),
    path("products/<int:pk>/", products.product, name="product"),
    path("products/<int:pk>/move/<way:way>/", products.product_move, name="product_move"),
    path("products/<int:pk>/put-away/", products.product_archive, name="product_archive"),
    path("products/<int:pk>/restore/", products.product_restore, name="product_restore"),
]
