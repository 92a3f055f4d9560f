"""Which words of a sentence are verbs: by form, by a list of verbs, and by the words around."""

from collections.abc import Sequence
from functools import cache

from summarizer.grounding.claims.lexicon import lexicon
from summarizer.grounding.claims.nations import is_nationality
from summarizer.grounding.claims.words import Token, lemma

__all__ = ["verbs"]

_INTRODUCES = frozenset({"to", "will", "would", "may", "might", "could", "can", "should", "must", "shall", "did", "do", "does", "he", "she", "it", "they", "we", "i", "who", "let", "cannot"})  # fmt: skip
_BEFORE_NOUN = frozenset({"a", "an", "the", "this", "these", "those", "its", "his", "her", "their", "our", "my", "no", "any", "some", "all", "each", "every", "both", "another", "such", "other", "more", "most", "many", "several", "new"})  # fmt: skip
_AFTER_VERB = _BEFORE_NOUN | frozenset({"that", "to", "into", "against", "for", "on", "at", "about", "from", "with", "in", "over", "him", "them", "it", "us", "up", "out", "off", "down", "not", "he", "they", "as", "whether", "how", "why", "of"})  # fmt: skip
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "who", "let"})
_VERBS_IN_S = frozenset({"address", "assess", "discuss", "express", "focus", "impress", "pass", "press", "process", "possess", "suppress", "cross", "bring", "need", "feed", "proceed", "succeed", "exceed", "speed", "sing", "harass", "witness", "dismiss", "embarrass", "encompass"})  # fmt: skip
_SPEAKING = frozenset({"say"})
_UNCHANGED = frozenset({"set", "hit", "put", "let", "cut", "hurt", "cost", "shut", "spread", "split", "quit", "bet", "read", "beat"})
_SHOUTED = 4
_CLAUSE = 12
_NOT_PASTS = frozenset({"need", "feed", "seed", "speed", "breed", "indeed", "weed", "bleed", "proceed", "succeed", "exceed", "hundred", "sacred", "naked"})  # fmt: skip
_SKIPPED = frozenset({"also", "already", "still", "now", "not", "never", "even", "then", "again", "just", "yet", "once", "ever", "often", "long", "later", "all", "both"})  # fmt: skip
_AUXILIARIES = frozenset({"be", "have", "do"})


def verbs(words: Sequence[Token]) -> frozenset[int]:
    """Indices of the verbs, auxiliaries and participles that act among them."""
    found: set[int] = set()
    for token in words:
        if token.kind == "word" and _is_verb(words, token, found):
            found.add(token.index)
    return frozenset(found)


@cache
def _nouns_only() -> frozenset[str]:
    """Irregular forms that are nouns, such as `loss` and `decision`."""
    endings = ("ion", "ions", "al", "als", "ment", "ments", "ense", "ence", "th", "ss", "sses", "ief", "iefs", "men", "people", "children", "feet", "sis", "cy", "ice", "ory", "ive", "ure", "fit", "uit", "inal", "age", "life", "lives", "alive", "crises", "media", "persons", "militias", "lawmakers")
    return frozenset(form for form in lexicon().bases if form.endswith(endings))


def _is_verb(words: Sequence[Token], token: Token, found: set[int]) -> bool:
    if token.lower == "not" or token.possessive or token.joined or (_next(words, token.index) or token).joined:
        return False
    if token.root in _AUXILIARIES and token.lower not in _nouns_only():
        return not (token.text.isupper() and len(words) > _SHOUTED)  # IS is a name
    if token.root in _SPEAKING and token.lower != "tells":
        return True
    before = _before(words, token.index)
    if token.capital and before is not None and not _opens(words, token.index):
        return False
    if token.lower in _INTRODUCES or token.lower in lexicon().function_words:
        return False
    if before is not None and before.lower in _INTRODUCES:
        if before.lower in _PRONOUNS:
            return lemma(token.lower) in lexicon().verbs or token.lower.endswith("ed")
        return not token.lower.endswith(("s", "ed", "ing", "ly")) or token.lower in _VERBS_IN_S
    return _by_form(words, token, before, found)


def _by_form(words: Sequence[Token], token: Token, before: Token | None, found: set[int]) -> bool:
    attributive = before is not None and (before.lower in _BEFORE_NOUN or before.possessive or before.kind == "number")
    form = lexicon().bases.get(token.lower)
    if (form and token.lower not in _nouns_only() and not token.lower.endswith(("s", "ing"))) or (token.lower.endswith("ed") and token.lower not in _NOT_PASTS):
        return not (attributive or _modifies(words, token, before, found)) or _is_past_before_object(words, token)
    if lemma(token.lower) not in lexicon().verbs or attributive:
        return False
    if token.lower in _UNCHANGED and before is not None and before.kind == "word":
        after = _next(words, token.index)
        return before.capital or (after is not None and after.lower in _AFTER_VERB | {"by"})
    if token.lower.endswith("ing"):
        return _gerund(words, token, before)
    return _present(words, token, before, found)


def _modifies(words: Sequence[Token], token: Token, before: Token | None, found: set[int]) -> bool:
    """`failed` in `of failed diplomacy`, `increased` in `contain increased yields`."""
    after = _next(words, token.index)
    within = before is not None and before.index in found and before.root not in _AUXILIARIES and not before.lower.endswith("ed")
    within = within or (before is not None and before.lower in lexicon().words("function", "prepositions") and before.lower not in {"as", "than", "like"})
    return within and after is not None and after.kind == "word" and after.lower not in lexicon().function_words


def _is_past_before_object(words: Sequence[Token], token: Token) -> bool:
    """`three died on`: a past after a number that stands alone."""
    after = _next(words, token.index)
    return after is None or after.kind == "mark" or after.lower in _AFTER_VERB


def _gerund(words: Sequence[Token], token: Token, before: Token | None) -> bool:
    after = _next(words, token.index)
    if before is None or before.root == "be" or before.kind == "mark":
        return True
    follows = after is not None and (after.lower in _AFTER_VERB or after.capital or after.kind == "number" or after.lower.endswith("s"))
    return follows and not (after is not None and after.lower in {"in", "on", "for", "from", "with", "of", "at"} and before.lower in {"of", "the"})


def _present(words: Sequence[Token], token: Token, before: Token | None, found: set[int]) -> bool:
    """A base or -s form after its subject: `rebels accuse the`, `China claims most`."""
    after = _next(words, token.index)
    if before is None or before.kind != "word" or before.index in found or before.lower in lexicon().words("function", "prepositions"):
        return False
    follows = after is None or after.lower in _AFTER_VERB or after.capital or after.kind == "number" or after.text in {",", "."} or _is_amount(after)
    if not follows or _is_adjective(before) or (after is not None and after.text in {",", "."} and not before.capital):
        return False
    single = token.lower.endswith("s") and not token.lower.endswith("ss")
    plural = (before.lower.endswith("s") and not before.lower.endswith("ss")) or before.lower in {"people", "police", "men", "women", "children", "media", "which", "that", "and"}
    if before.lower in {"which", "that"}:
        return True
    if before.lower == "and":
        return any(index < before.index for index in found) and (after is None or after.lower in _AFTER_VERB or after.capital)
    if single:
        return (not plural or before.capital) and not _has_finite(words, token, found)
    return plural and not _has_finite(words, token, found)


def _is_amount(token: Token) -> bool:
    return token.lower in {"most", "more", "thousands", "hundreds", "dozens", "tens", "millions", "scores", "part", "parts", "nothing", "little", "much"}


def _has_finite(words: Sequence[Token], token: Token, found: set[int]) -> bool:
    """Whether the clause up to here has its verb already."""
    for index in range(token.index - 1, max(-1, token.index - _CLAUSE), -1):
        if words[index].text == "," and index + 1 < len(words) and words[index + 1].lower in {"by", "in", "on", "at", "with"}:
            return True
        if words[index].text in {",", ";", ":", '"', "-"} or words[index].lower in lexicon().words("clauses", "boundaries") | {"and", "but", "or"}:
            return False
        if index in found and not words[index].lower.endswith("ing") and _before_is_not_relative(words, index):
            return True
    return False


def _before_is_not_relative(words: Sequence[Token], index: int) -> bool:
    return index == 0 or words[index - 1].lower not in {"who", "which", "that"}


def _is_adjective(token: Token) -> bool:
    """`Russian` in `Russian attacks`: an adjective of nationality or the like."""
    if token.capital:
        return is_nationality(token.lower)
    return token.lower.endswith(("ic", "al", "ous", "ive", "ary", "able", "ful"))


def _opens(words: Sequence[Token], index: int) -> bool:
    return index == 0 or words[index - 1].kind == "mark"


def _before(words: Sequence[Token], index: int) -> Token | None:
    """The word before, across adverbs and commas' quotation marks."""
    for token in reversed(words[:index]):
        if token.text in {'"', "'"} or (token.kind == "word" and (token.lower in _SKIPPED or (token.lower.endswith("ly") and len(token.lower) > len("only")))):
            continue
        return token
    return None


def _next(words: Sequence[Token], index: int) -> Token | None:
    return words[index + 1] if index + 1 < len(words) else None
