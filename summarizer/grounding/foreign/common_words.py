"""Whether a sentence is plainly in another language than it should be, told by the commonest words of each."""

import re

from summarizer.languages import base_of

__all__ = ["reads_like"]

_WORDS = {
    "de": "der die das und den dem ein eine ist nicht mit von auf für sich auch wurde nach bei zu",
    "en": "the of and to was were is has have had with that for from by about on at an said will",
    "es": "el la los las del y en que una por con para se su fue al según como más",
    "fr": "le la les des du et un une dans que qui pour sur par est aux avec au ont selon été",
    "it": "il lo gli della dei e di che un una per con del sono nel alla dopo ha è",
    "nl": "de het een en van dat niet met voor op zijn bij naar ook werd door aan",
    "pl": "w na z do się że nie jest i przez po od dla oraz został",
    "pt": "o os as da do dos e em que uma por com para se foi ao na no não",
}
_COMMON = {tag: frozenset(words.split()) for tag, words in _WORDS.items()}
_FEWEST, _AHEAD = 2, 2


def reads_like(text: str, language: str) -> str | None:
    """The language (ISO 639) whose commonest words a text plainly has in place of those of its own; None: no other.

    Args:
        text: One sentence.
        language: In which it should be (BCP 47); None is answered where its commonest words are not known here.
    """
    own = base_of(language)
    if own not in _COMMON:
        return None
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {tag: sum(word in common for word in words) for tag, common in _COMMON.items()}
    best = max(counts, key=lambda tag: counts[tag])
    ahead = counts[best] >= max(_FEWEST, counts[own] + _AHEAD)
    return best if ahead and best != own else None
