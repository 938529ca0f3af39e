"""Makes every access token due for renewal, as two hours would (run as a process of its own)."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "waypost.settings"
django.setup()

from django.utils import timezone  # noqa: E402

from waypost.connections.models import Connection  # noqa: E402

if __name__ == "__main__":
    Connection.objects.update(expires_at=timezone.now())
