"""States that no table knows, told by what only states have."""

import re

from summarizer.article import Article

__all__ = ["has_what_only_states_have"]

_OFFICES = r"(?:(?:foreign|defen[cs]e|interior|prime)\s+minist(?:er|ry)|parliament|embassy|ambassador|diplomats?|airspace|navy)"
_TERRITORY = r"(?:northern|southern|eastern|western)\s+border|capital|territorial\s+waters"


def has_what_only_states_have(article: Article, name: str) -> bool:
    """Whether the article gives `name` a foreign minister, a parliament, a border, a blockade...

    A leader's surname has troops and a government in news text ("the Ruiz government"), but none of these.
    """
    owner = re.escape(name)
    owned = rf"\b{owner}['’]s\s+(?:{_OFFICES}|{_TERRITORY})"
    adjective = rf"\b{owner}(?:n|an|ian|i|ese)\s+(?:{_OFFICES})"
    neighbour = rf"\bneighbou?ring\s+{owner}\b"
    governed = rf"\b(?:government|president|people|republic|parliament)\s+of\s+{owner}\b"
    return re.search(rf"{owned}|{adjective}|{neighbour}|{governed}", article.text, re.IGNORECASE) is not None
