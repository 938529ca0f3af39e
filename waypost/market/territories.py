"""Names of countries and languages in the reader's own language."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

_BESIDE = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})  # no countries
NOT_SAID = ("", "–")


def countries() -> list[tuple[str, str]]:
    """Code (ISO 3166, two letters) and name, by name."""
    return [NOT_SAID, *_countries(_reader())]


def languages() -> list[tuple[str, str]]:
    """Code (two letters) and name, by name."""
    return [NOT_SAID, *_languages(_reader())]


def country_name(code: str) -> str:
    return dict(_countries(_reader())).get(code, code)


def language_name(code: str) -> str:
    """Also of a language of one country: ``de-AT``."""
    try:
        named = Locale.parse(code, sep="-").get_display_name(_reader())
    except (UnknownLocaleError, ValueError):
        return code
    return str(named or code)


def _reader() -> str:
    return (get_language() or "en").split("-")[0]


@lru_cache(maxsize=8)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(language).territories.items()
    known = [(code, name) for code, name in names if len(code) == 2 and code not in _BESIDE]
    return tuple(sorted(known, key=lambda pair: _plain(pair[1])))


@lru_cache(maxsize=8)
def _languages(language: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(language).languages.items()
    known = [(code, name) for code, name in names if len(code) == 2]
    return tuple(sorted(known, key=lambda pair: _plain(pair[1])))


_LIKE = str.maketrans("čćšžđåäöüéèçøøæñ", "ccszdaaoueecooan")


def _plain(name: str) -> str:
    """For sorting: Č beside C, as far as that is right for a list of names."""
    return name.lower().translate(_LIKE)
