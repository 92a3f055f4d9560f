"""What an article only reports: words in quotation marks with somebody, or something, that said them.

News about such attacks quotes them. An instruction inside quotation marks is reporting when the words around it attribute
it or name it as a text; an instruction that only quotes what to write is none.
"""

import re
from collections.abc import Sequence

from summarizer.article import Article

__all__ = ["frames", "is_reporting"]

_PAIRS = (("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("‹", "›"))
_QUOTED = re.compile(
    "|".join(
        [
            *(rf"{re.escape(a)}[^{re.escape(a + b)}\n]{{1,1200}}{re.escape(b)}" for a, b in _PAIRS),
            r"\"[^\"\n]{1,1200}\"",
            r"`[^`\n]{1,400}`",
            r"(?<!\w)‘[^\n‘]{1,400}?’(?!\w)",
            r"(?<!\w)'[^\n']{4,400}?'(?!\w)",
        ]
    )
)
_FRAME = re.compile(
    r"""\b(?:said|says|saying|told|tells|telling|wrote|writ(?:es|ten|ing)|read|reads|reading|asked|asking|added|typed|posted|replied|responded|warned|explained
        |instruct(?:ed|ing|s)|order(?:ed|ing|s)|contain(?:ed|ing|s)|includ(?:ed|ing|es)|display(?:ed|ing|s)|hid(?:den)?|hiding|embed(?:ded|ding|s)
        |insert(?:ed|ing|s)|plant(?:ed|ing|s)|call(?:ed|s)?|known\ as|dubbed|according\ to|such\ as|for\ example|phrases?|strings?|commands?|prompts?|words?
        |messages?|texts?|sentences?|instructions?|attack(?:s|ers?)?|injections?|researchers?|payloads?|lines?|notes?|exampl\w+|titled|shout(?:ed|ing|s)?|insist(?:ed|s)?
        |dijo|dice|escribió|sagte|schrieb|hieß|a\ déclaré|a\ écrit|disse|сказал\w*|написал\w*|заявил\w*)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_FEWEST_WORDS = 3
_MENTIONED = re.compile(
    r"\b(?:tag|token|marker|mark|string|sequence|symbol|character|label|delimiter|code)s?\s+(<\|[^|>\n]{1,40}\|>\w*|</?[\w|-]{1,40}>|\[/?\w{2,12}\])",
    re.IGNORECASE,
)
"""A mark that is named as one is quoted as well."""


def frames(article: Article) -> list[str]:
    """Each sentence without the words that stand in quotation marks, which may open in one and close in another."""
    text = list(article.text)
    for match in _QUOTED.finditer(article.text):
        text[match.start() : match.end()] = "\0" * (match.end() - match.start())
    for match in _MENTIONED.finditer(article.text):
        text[match.start(1) : match.end(1)] = "\0" * (match.end(1) - match.start(1))
    bare = "".join(text)
    return [bare[sentence.start : sentence.end].replace("\0", "") for sentence in article.sentences]


def is_reporting(bare: Sequence[str], index: int) -> bool:
    """Whether what the sentence at `index` quotes is attributed, in it or, when it is all quotation, in one beside it."""
    own = bare[index]
    if len(own.split()) >= _FEWEST_WORDS:
        return bool(_FRAME.search(own))
    before = next((one for one in reversed(bare[:index]) if one.split()), "")
    after = next((one for one in bare[index + 1 :] if one.split()), "")
    return any(_FRAME.search(one) for one in (own, before, after))
