from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "waypost.connections"
    label = "connections"
    default_auto_field = "django.db.models.BigAutoField"
