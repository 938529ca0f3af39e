from django.apps import AppConfig


class MarketConfig(AppConfig):
    name = "waypost.market"
    label = "market"
    default_auto_field = "django.db.models.BigAutoField"
