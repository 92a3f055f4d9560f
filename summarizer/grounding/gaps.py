"""What the article itself says it does not know."""

import re

from summarizer.article import Article
from summarizer.grounding.spans import evidence
from summarizer.types import Gap

__all__ = ["open_questions"]

# Wordings by which reporters mark a gap in what they know.
_OPEN = re.compile(
    r"""\b(?:
        (?:is|was|remains?|remained|were|are)\s+(?:still\s+)?(?:unclear|unknown|uncertain|not\s+(?:immediately\s+|yet\s+)?(?:clear|known))
      | (?:could|can)\s*not\s+(?:be\s+)?(?:immediately\s+|independently\s+)?(?:be\s+)?(?:verif\w+|confirm\w+)
      | (?:neither|none)\b[^.;]{0,60}\b(?:could|can|has|have|was|were)\s+(?:be(?:en)?\s+)?(?:independently\s+)?(?:verif\w+|confirm\w+)
      | (?:not|never|n['’]t)\s+(?:been\s+)?(?:immediately\s+|independently\s+)(?:verified|confirmed)
      | no\s+(?:immediate\s+|official\s+|independent\s+)(?:comment|confirmation|claim\s+of\s+responsibility|reaction|response)
      | (?:declined|refused)\s+to\s+(?:comment|say|elaborate|specify|confirm)
      | did\s+not\s+(?:say|specify|elaborate|identify|give\s+(?:any\s+)?details|immediately\s+(?:comment|respond))
      | (?:has|have|had)\s+no\s+(?:further\s+)?information
      | (?:cause|motive|reason)s?\s+(?:is|was|are|were)\s+(?:not|under)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)


def open_questions(article: Article) -> list[Gap]:
    """Sentences in which the article says that something is unclear, unverified or withheld, in its own words."""
    return [
        Gap(kind="open", text=sentence.body, evidence=evidence(article, [sentence.number]))
        for sentence in article.sentences
        if _OPEN.search(sentence.body)
    ]
