from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "waypost.talk"
    label = "talk"
    default_auto_field = "django.db.models.BigAutoField"
