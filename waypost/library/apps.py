import warnings

from django.apps import AppConfig
from PIL import Image


class LibraryConfig(AppConfig):
    name = "waypost.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Once for the process: catching warnings around a call is not safe between threads.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
