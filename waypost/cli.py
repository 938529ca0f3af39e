"""The ``waypost`` command: one word for everything an operator does.

``up`` and ``web`` run the server without loading the application into the parent process;
all other words are Django commands in ``home/management/commands``.
"""

import os
import sys

from django.core.management import execute_from_command_line

from waypost import __version__, serving

HELP = """\
Waypost {version}: plan, publish and measure the social media of a small business.

  waypost up [--host H] [--port P]    web and worker together; Ctrl-C stops both
  waypost web [--host H] [--port P]   the web server alone
  waypost worker                      the worker alone: publishing and measuring
  waypost migrate                     bring the database up to date
  waypost user EMAIL [...]            make a person, or change name, role or password
  waypost demo [--json]               load the demo business and print its login
  waypost export KIND --business SLUG --format F [--blank] [--lang sl] --out FILE
  waypost import KIND --business SLUG [--dry-run] FILE
  waypost rotate-keys                 store all credentials under a new key

Each has its own --help. All state lies in the folder WAYPOST_DATA (./var).
"""

SERVING = {"up": serving.up, "web": serving.web}
COMMANDS = {
    "worker": "worker",
    "migrate": "prepare",
    "user": "user",
    "demo": "demo",
    "export": "export_file",
    "import": "import_file",
    "rotate-keys": "rotate_keys",
}


def main(arguments: list[str] | None = None) -> None:
    """Run one command; leaves with a sentence when the word is unknown."""
    words = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.settings")
    if not words or words[0] in {"-h", "--help", "help"}:
        print(HELP.format(version=__version__))
    elif words[0] in {"-V", "--version"}:
        print(__version__)
    elif words[0] in SERVING:
        SERVING[words[0]](words[1:])
    elif words[0] in COMMANDS:
        execute_from_command_line(["waypost", COMMANDS[words[0]], *words[1:]])
    else:
        raise SystemExit(f"waypost has no command “{words[0]}”. Say waypost --help.")
