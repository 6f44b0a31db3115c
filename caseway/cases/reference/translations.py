"""The starting lists in the languages that the portal speaks to begin with."""


def in_all_languages(english: str) -> dict[str, str]:
    """The label `{language: text}` of an entry of the starting lists, by its English text."""
    return {"en": english} | TRANSLATIONS.get(english, {})


TRANSLATIONS: dict[str, dict[str, str]] = {}
