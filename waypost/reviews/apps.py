from django.apps import AppConfig
from django.utils.module_loading import import_string


class ReviewsConfig(AppConfig):
    name = "waypost.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models may be imported only now.
        import_string("waypost.reviews.letter.fill_mails")()
