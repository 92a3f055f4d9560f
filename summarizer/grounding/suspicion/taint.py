"""Whether a sentence of ours was drawn from text that is set aside, whoever wrote it and however the check sees it.

A model that has read an instruction may obey it, and a false claim that it repeats names actors whom the article names too.
What gives it away are its words: those that stand in the instruction and nowhere in the rest of the article.
"""

import re
from collections.abc import Collection, Iterable

from summarizer.article import Article
from summarizer.grounding.suspicion.folding import fold, unaccented

__all__ = ["drawn_from", "strangeness"]

_WORD = re.compile(r"[^\W_]+(?:[,.]\d+)*")
_STEM = 6
"""Letters by which two words count as the same."""
_SHORTEST = 3
_RUN_ON = 25
"""Letters of a word that is several: l e t t e r s  s p a c e d  o u t come together when the text is folded."""
_REPORTING = (
    "about above accept according account actions acts added against all also and announced another any are "
    "article articles asked assert been before below both but call called calls can claim claims clear "
    "comment confirmed considered could current day declare declared describe described did does during each "
    "event events every fact facts few first following for from give given gives had happened has have her "
    "here him his how include included including information its just last made make making mention mentioned "
    "more most must new next not note noted now number numbers officials one only order ordered other our out "
    "over own part people place point points public published report reported reports responded said same say "
    "says see set several shall she should show since some state stated statement states still such sum "
    "summary take taken tell text than that the their them then there these they this those through time told "
    "two under until use used using very was were what when where which while who whole will with within "
    "without word words would write wrote year years you your"
)
_NEUTRAL = frozenset(word[:_STEM] for word in _REPORTING.split())
"""Words of any report: a model that rewords a passage may need them whatever else it has read."""


def drawn_from(text: str, article: Article, apart: Collection[int], decoded: Iterable[str] = ()) -> list[str]:
    """The words of `text` that stand in the sentences set aside, and in no other of the article.

    Args:
        text: A sentence that a model wrote.
        article: What it is about.
        apart: Numbers of the sentences that are set aside.
        decoded: What codes in them say.
    """
    if not apart:
        return []
    aside = _stems(" ".join([*(article.sentence(number).text for number in apart), *decoded]))
    rest = _rest(article, apart)
    odd = aside.keys() - rest.keys() - _NEUTRAL
    run_on = "".join(word for word in aside.values() if len(word) >= _RUN_ON)
    return [
        word
        for stem, word in _stems(text).items()
        if stem in odd
        or (stem in run_on and len(stem) == _STEM and stem not in rest and stem not in _NEUTRAL)
    ]


def strangeness(text: str, article: Article, apart: Collection[int]) -> float:
    """Share of the content words of `text` that stand nowhere in the article, but for what is set aside."""
    rest = _rest(article, apart)
    wanted = _stems(text).keys() - _NEUTRAL
    return len(wanted - rest.keys()) / len(wanted) if wanted else 0.0


def _rest(article: Article, apart: Collection[int]) -> dict[str, str]:
    return _stems(
        " ".join([article.title or "", *(s.text for s in article.sentences if s.number not in apart)])
    )


def _stems(text: str) -> dict[str, str]:
    """The words of a text by their first letters; numbers whole, short words that are no numbers left out."""
    words = _WORD.findall(unaccented(fold(text)))
    return {
        word if word[0].isdigit() else word[:_STEM]: word
        for word in words
        if len(word) >= _SHORTEST or word[0].isdigit() or not word.isascii()
    }
