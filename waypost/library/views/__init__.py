"""Pages of the library."""

from waypost.library.views import adding, arranging, files, looking

__all__ = ["adding", "arranging", "files", "looking"]
