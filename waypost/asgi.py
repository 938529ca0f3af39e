"""The web application as granian serves it."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.settings")
pages = get_wsgi_application()

# The gateway reads tables, so the line above must have been.
from waypost.gateway import Gateway  # noqa: E402

application = Gateway(pages, threads=settings.WEB_THREADS)

# What is loaded now stays. Left out of every later collection, it makes no page wait for one.
get_resolver().url_patterns  # noqa: B018 - loads the pages
gc.collect()
gc.freeze()
