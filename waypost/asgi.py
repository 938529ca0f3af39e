"""The web application as granian serves it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.settings")
pages = get_wsgi_application()

# The gateway reads tables, so the line above must have been.
from waypost.gateway import Gateway  # noqa: E402

application = Gateway(pages, threads=settings.WEB_THREADS)
