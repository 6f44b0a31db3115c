"""Names as they are compared: without case, accents and double blanks; and their trigrams for an index."""

import unicodedata


def folded(text: str) -> str:
    """`text` as it is compared: "Café  Zürich" and "CAFE ZURICH" are one, "Straße" and "STRASSE" too."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.split())


def trigrams(text: str) -> list[str]:
    """Each three signs in a row of a folded text, once; none of one that is shorter."""
    return sorted({text[start : start + 3] for start in range(len(text) - 2)})
