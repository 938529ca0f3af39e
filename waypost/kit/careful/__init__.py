"""Forms that save themselves and never overwrite somebody else's text unseen.

Beside each field stands a hidden ``was-<field>``: a fingerprint of the stored value that the
person was shown. When the form comes back, each field is merged for itself (:mod:`merging`):
two people in different fields lose nothing, and in the same field the later one compares and
chooses. See "A form that saves itself" in docs/contributing.md.
"""

from waypost.kit.careful.answering import respond
from waypost.kit.careful.form import CarefulMixin
from waypost.kit.careful.merging import Clash, Trace
from waypost.kit.careful.saving import Row, Saved, Store, save

__all__ = ["CarefulMixin", "Clash", "Row", "Saved", "Store", "Trace", "respond", "save"]
