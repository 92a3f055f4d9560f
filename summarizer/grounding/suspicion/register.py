"""The register of a sentence: news tells readers what happened, an injection tells whoever writes what to write.

The tables of wordings know the attacks that are known. This looks at what they have in common, whatever their words: a
sentence outside quotation marks that is an order, speaks to `you`, names software that reads or the parts of an answer,
or opens with the label of a message. One of these is ordinary; several together are not, unless somebody is said to have said it.
"""

import re
from typing import Final

__all__ = ["DIRECTING", "ODD", "ORDERING", "PLAIN", "tone"]

PLAIN: Final = 0
ODD: Final = 1
"""Little alone."""
DIRECTING: Final = 2
"""No news, whoever is meant: nothing should rest on it."""
ORDERING: Final = 3
"""About software that reads, or about what is to be written, and an order or a label besides."""

_VERBS = (
    "accept|act|add|adopt|announce|answer|append|apply|assert|assume|avoid|begin|cancel|carry|change|cite|claim|close|conclude|confirm|continue|convert"
    "|copy|declare|decode|delete|describe|disregard|discard|display|do|drop|echo|emit|end|ensure|execute|explain|fill|follow|forget|generate|give|go|ignore"
    r"|include|inform|insert|keep|leave|list|make|mark|mention|note(?!\ to)|obey|omit|open|output|overwrite|pay|place|praise|present|pretend|print|proceed|produce"
    "|provide|publish|put|quote|read|recommend|refuse|reject|remember|remove|repeat|replace|reply|report|respond|restate|return|reveal|rewrite|roleplay|say|see|send"
    "|set|show|sign|skip|speak|start|state|stop|substitute|summari[sz]e|swap|switch|take|tell|translate|treat|type|use|write"
)
_OBJECT = (
    r"(?:the|an?|this|that|these|those|all|any|every(?:thing)?|each|only|just|exactly|your?|nothing|no|it|them|with|in|as|instead|whatever|what|how|me|us|him"
    r"|one|back(?:wards)?|here|reading|out|off|on|by|about|after|before|down|like|so|to|and)\b|[:\"“'‘({\[\d]"
)
_ORDER = re.compile(
    rf"(?:^[\W\d_]*|[.,:;!?—–(\[{{\]}})\"“'‘>|#]\s*|\bfrom\ (?:now|here|this\ point)\ on(?:wards?)?,?\ |\b(?:please|kindly|instead|simply|now|then|and|or|must|shall|should|to)\ (?:now\ |only\ |also\ |just\ )?)"
    rf"(?:(?:do\ not\ |don['’]t\ |never\ )(?:{_VERBS})\b|(?:always\ |just\ |only\ )?(?:{_VERBS})(?:\ (?:{_OBJECT})|\s*:))"
)
"""An imperative, or a duty to say something; a verb that is also a noun (`state media`) takes no object like these."""
_BARE_ORDER = re.compile(
    rf"^[\W\d_]*(?:please\ |do\ not\ |don['’]t\ |never\ |always\ |just\ )?(?:{_VERBS})\ (?:{_OBJECT})"
)
_YOU = re.compile(r"\b(?:you|your|yours|yourself|you['’](?:re|ll|ve))\b")
_MACHINE = re.compile(
    r"""\b(?:a\.?i\.?(?!\w)|ai-\w+|artificial\ intelligence|llms?|(?:large\ )?language\ models?|chat\ ?bots?|bots?|assistants?|gpt\S*|chatgpt|claude|gemini|copilot
    |summari[sz]ers?|summari[sz]ing\ \w+|(?:automated|automatic|summary|summari[sz]ation|briefing|reading|analysis|news|translation)\ (?:systems?|tools?|engines?|software|programs?|models?|readers?)
    |machine\ readers?|aggregators?|parsers?|crawlers?|(?:the|this|your|every|any|all)\ (?:model|system|engine|pipeline|software|algorithm|tool)s?)\b""",
    re.VERBOSE,
)
_PRODUCT = re.compile(
    r"""\b(?:summar(?:y|ies)|summari[sz]\w*|digests?|recaps?|synops[ie]s|tl;?dr|bottom\ lines?|key\ points?|headlines?|briefings?|abstracts?|conden\w+|paraphras\w+|gist|takeaways?|(?:key|main)\ (?:messages?|points?)|one-liners?
    |(?:your|every|each|the|any|final|of\ (?:your|the))\ (?:answers?|outputs?|repl(?:y|ies)|responses?|fields?|sentences?|words?|lines?|paragraphs?)
    |(?:the|a|one|a\ single|code|following)\ (?:word|phrase|sentence|line|string)s?|word\ for\ word|verbatim|nothing\ else|json|schema|placeholders?)\b""",
    re.VERBOSE,
)
_SOURCE = re.compile(
    r"\b(?:(?:this|the\ (?:above|preceding|following|original|rest\ of\ the))\ (?:\w+\ )?(?:articles?|texts?|pages?|pieces?|stor(?:y|ies)|passages?|content|document|report|line|paragraph|message)"
    r"|(?:the\ )?(?:articles?|texts?|passages?|content|pieces?|stor(?:y|ies)|reports?)\ (?:above|below)|everything\ (?:above|below|else|before|so\ far)|instructions?|prompts?|guidelines|(?:the|your|a\ new|new)\ (?:task|rules?|request))\b"
)
_AUDIENCE = re.compile(r"\b(?:anyone|anybody|whoever|those\ who|readers?|users?|recipients?|the\ audience)\b")
_TELLING = re.compile(
    r"\b(?:must|shall|should|ha(?:s|ve)\ to|needs?\ to|can|(?:is|are|ought)\ to)\ (?:\w+\ ){0,2}?"
    r"(?:carry|convey|describe|emphasi[sz]e|include|inform|mention|note|present|put|quote|read|render|report|return|say|state|stress|tell|told)(?:ed|d)?\b"
)
"""What somebody is to say, or to be told."""
_DICTATES = re.compile(r"\b(?:is|are|be|reads?)\s*(?:that\b|:)")
"""The words themselves follow."""
_DUTY = re.compile(
    r"\b(?:must|shall|should|has\ to|have\ to|needs?\ to|is\ to|are\ to|can\ be|ought\ to|required|only|always|never|instead|exactly|to\ be\ used|the\ correct|the\ following|as\ follows)\b"
)
_LABEL = re.compile(
    r"""^[\W_]{0,6}+(?:[^\W_]++[\ _-]++){0,4}?(?:system|root|config(?:uration)?|admin(?:istrator|istration)?|developer|operator|moderat(?:or|ion)|override|overrule|debug|directive|reload|update|policy|prompt
    |correction|instructions?|assistants?|models?|bots?|parser|engine|compliance|maintenance|notice|reminder)s?
    (?:[\ _-]++(?:[^\W_]|\.)++){0,8}?[\s_]*+(?:\([^)]{0,30}\)\s*)?[:\]>|\#]""",
    re.VERBOSE,
)
_KEY = re.compile(
    r"^[\W_]*(?:[sac]\d{1,3}b?(?:\ (?:passage|failed|claims|because))?|bottom|task|headline|more)\s*[,:]|^\[\d{1,4}\]\s|^sentence\ \d+\ is\b",
    re.MULTILINE,
)
"""The names under which our own prompts ask, and the numbers that they give to sentences."""
_TOLD = re.compile(
    r"\b(?<!\bbe\ )(?:said|says|told|tells|telling|reported|wrote|warned|asked|ordered|according\ to|accused|announced|promised|denied|demanded|called\ (?:for|on)|thanked|urged|criticized|replied|answered|added|explained|responded|insisted"
    r"|ha[sd]\ (?:also\ )?(?:said|told|asked|ordered|warned|demanded|called))\b"
)
"""Somebody said so: the words of a reporter; who is yet to be told was told nothing."""
_PAYLOAD = re.compile(r"\bthat\b|:")
"""What an order dictates stands behind it, and may sound like a report."""
_INSERTED = re.compile(r"[(\[—–]\s?([^()\[\]—–]{12,})\s?[)\]—–]")
"""What stands in a sentence without belonging to it: it is read alone too."""


_SEVERAL = 2
"""Signs that together are no chance."""


def tone(folded: str) -> int:
    """Whether a sentence sounds like an order to software: `PLAIN`, `ODD`, `DIRECTING` or `ORDERING`.

    Args:
        folded: Its words as `folding.fold` gives them.
    """
    return max(_tone(part) for part in (folded, *_INSERTED.findall(folded)))


def _tone(said: str) -> int:
    if _KEY.search(said):
        return ORDERING
    order, bare, you = bool(_ORDER.search(said)), bool(_BARE_ORDER.search(said)), bool(_YOU.search(said))
    machine, source = bool(_MACHINE.search(said)), bool(_SOURCE.search(said))
    products = len(_PRODUCT.findall(said))
    duty, label = bool(_DUTY.search(said)), bool(_LABEL.search(said))
    about = machine + source + bool(products)
    told = bool(_TOLD.search(_PAYLOAD.split(said, maxsplit=1)[0]))
    audience, dictates = bool(_AUDIENCE.search(said)), bool(_DICTATES.search(said))
    dictated = products and dictates and (source or audience or machine or products > 1)
    sure = (
        (you and about)
        or (order and about >= _SEVERAL)
        or (bare and (about or you))
        or (machine and products)
        or (label and (order or duty or about))
        or (products and duty and source)
        or (products > 1 and duty)
        or (not told and (machine or audience) and _TELLING.search(said))
        or dictated
    )
    if sure and (label or not told):
        return ORDERING if about and (order or bare or duty or label or dictated) else DIRECTING
    return (
        ODD if sure or bare or (order and (about or you)) or products > 1 or (label and not told) else PLAIN
    )
