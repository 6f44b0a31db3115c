"""How a guide's text becomes words: stemmed as its language does, with Chinese cut into pairs."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

from caseway.core.words import han_in_pairs

CONFIGURATIONS = {"en": "english", "de": "german", "es": "spanish", "fr": "french"}
PLAIN = "simple"
"""For languages that PostgreSQL has no stemmer for: Vietnamese and Chinese among ours."""


def configuration_of(language: str) -> str:
    """PostgreSQL's text search configuration for a language."""
    return CONFIGURATIONS.get(language, PLAIN)


def words_of(title: str, text: str, language: str) -> SearchVector | CombinedExpression:
    """The document of a guide: words of its title weigh A, those of its text D."""
    config = configuration_of(language)
    head = SearchVector(Value(han_in_pairs(title)), config=config, weight="A")
    return head + SearchVector(Value(han_in_pairs(text)), config=config, weight="D")
