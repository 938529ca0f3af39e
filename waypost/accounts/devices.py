"""The browser and the system behind what a browser says of itself."""

import re

from django.utils.translation import gettext as _

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": ""}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def name_of(agent: str) -> str:
    """“Firefox, Android”: enough to know one's own devices again."""
    browser = next((name or key for key, name in BROWSERS.items() if key in agent), "")
    system = next((name for key, name in SYSTEMS.items() if re.search(key, agent)), "")
    return ", ".join(filter(None, (browser, system))) or _("An unknown browser")
