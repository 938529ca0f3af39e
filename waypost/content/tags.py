"""Words by which a person finds things again: typed with commas, kept tidy."""


def words(typed: str) -> list[str]:
    """``"Sale, sale ,,  New year"`` → ``["Sale", "New year"]``; ``#`` in front is left out."""
    found: dict[str, str] = {}
    for each in typed.split(","):
        if word := " ".join(each.split()).lstrip("# "):
            found.setdefault(word.casefold(), word)
    return list(found.values())


def tidy(typed: str) -> str:
    return ", ".join(words(typed))
