"""Addresses of products, channels, their set-up and tools, under /b/<slug>/market/."""

from django.urls import path, register_converter

from waypost.market import channel_views as channels
from waypost.market import product_views as products
from waypost.market import setup_views as setup
from waypost.market import tool_views as tools


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
    path("channels/", channels.channels, name="channels"),
    path("channels/new/", channels.channel_new, name="channel_new"),
    path("channels/minutes/", channels.minutes, name="minutes"),
    path("channels/<int:pk>/", channels.channel, name="channel"),
    path("channels/<int:pk>/move/<way:way>/", channels.channel_move, name="channel_move"),
    path("channels/<int:pk>/remove/", channels.channel_remove, name="channel_remove"),
    path("set-up/", setup.setup_list, name="setup"),
    path("set-up/tick/", setup.setup_tick, name="setup_tick"),
    path("tools/", tools.tools, name="tools"),
    path("tools/new/", tools.tool_new, name="tool_new"),
    path("tools/<int:pk>/", tools.tool, name="tool"),
    path("tools/<int:pk>/remove/", tools.tool_remove, name="tool_remove"),
]
