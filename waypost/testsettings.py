"""Settings of the test run: the real ones over a folder of its own."""

import os
import tempfile

import redis  # noqa: F401  (the engine keeps it out of processes that need none; a test needs it)

os.environ["WAYPOST_DATA"] = tempfile.mkdtemp(prefix="waypost-test-")
for _name in ("WAYPOST_URL", "WAYPOST_DEBUG", "WAYPOST_LANGUAGE"):
    os.environ.pop(_name, None)

from waypost.settings import *  # noqa: E402, F403

INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")  # noqa: F405
# Workers close what is old; a test's own transaction must outlive them.
DATABASES["default"]["CONN_MAX_AGE"] = None  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
HUEY_FILE = None
# Otherwise each new browser of a test lists all files of the front end anew.
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
