"""The words by which news tells that accounts differ: reasons, denials, disputed figures."""

import re

__all__ = [
    "ACCUSE",
    "ACCUSED_BY",
    "CALLED",
    "CONTRAST",
    "COUNT",
    "DENIED_BY",
    "DENIED_ROLE",
    "DENY",
    "EACH_OTHER",
    "IT",
    "MEASURE",
    "NEGATED",
    "NOT_DONE",
    "OF_OTHERS",
    "OTHERWISE",
    "OTHER_TIME",
    "PASSIVE",
    "POINTS_BACK",
    "PUTS",
    "PUTS_AT",
    "REASON",
    "RULES_ON_IT",
    "UNIT",
]

REASON = re.compile(
    r"\b(?:in\s+(?:direct\s+)?(?:response|retaliation|reprisal|revenge|reaction)\s+(?:to|for)"
    r"|(?:a|an|as|was|were|is)\s+(?:(?:a|an|direct|clear)\s+)*(?:response\s+to|retaliation\s+for|reprisal\s+for|revenge\s+for|reaction\s+to)"
    r"|(?:was|were|been|is|are)\s+(?:only\s+)?(?:prompted|provoked|triggered|caused)\s+by|retaliat(?:ed|es|ing)\s+for"
    r"|(?:was|were|came|happened)\s+(?:only\s+)?because\s+of)\b",
    re.IGNORECASE,
)
OTHERWISE = re.compile(
    r"\b(?:(?:been|was|were)\s+(?:already\s+)?(?:planned|scheduled|prepared|arranged|decided)\s+(?:\w+\s+){0,3}?(?:before|ago|ahead|earlier|in\s+advance|for\s+(?:weeks|months|years))"
    r"|(?:had|has|have)\s+(?:absolutely\s+)?nothing\s+to\s+do\s+with"
    r"|(?:was|were|is|are|been)\s+(?:entirely\s+|wholly\s+|completely\s+)?(?:unrelated|unconnected)\s+(?:to|with)"
    r"|(?:was|were|is|are|been)\s+(?:a\s+)?(?:long[-\s](?:planned|scheduled)|(?:purely\s+)?routine)"
    r"|not\s+(?:in\s+)?(?:a\s+)?(?:response|retaliation|reprisal|revenge|reaction)\s+(?:to|for)"
    r"|not\s+(?:related|linked|connected|tied)\s+to)\b",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|if|whether|could|may|might|would)|n['’]t)\s+(?:\w+\s+)?$"
)
IT = re.compile(r"(?:^|\s)(?:it|they|this|these)\s+(?:had\s+|has\s+|have\s+)?$", re.IGNORECASE)

ACCUSE = re.compile(
    r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|alleg(?:e|es|ed|ing)|denounc(?:e|es|ed|ing)"
    r"|(?:allegation|accusation|charge)s?\s+(?:that|of))\b",
    re.IGNORECASE,
)
PASSIVE = re.compile(r"\b(?:was|were|been|is|are|being)\s+(?:\w+ly\s+)?$")
ACCUSED_BY = re.compile(r"\s+by\s+(?P<who>(?:the\s+)?[\w.’'-]+(?:\s+[A-Z][\w.’'-]*){0,3})")
EACH_OTHER = re.compile(r"\s+(?:each\s+other|one\s+another|both)\b")

DENY = re.compile(
    r"\b(?:den(?:y|ies|ied)|disput(?:e|es|ed)|reject(?:s|ed)?|dismiss(?:es|ed)?|refut(?:e|es|ed)|rebuff(?:s|ed)|contest(?:s|ed)|contradict(?:s|ed))\b",
)
NOT_DONE = re.compile(
    r"(?:\b(?:to|not|never|nor|neither|or|can|could|would|will|may|might|should|must|if|whether|the|an?|of|by|be|been|are|is|was|were|being)|n['’]t)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
RULES_ON_IT = re.compile(
    r"\b(?:courts?|judges?|jury|tribunal|magistrates?|panel|parliament|senate|congress|lawmakers|voters|regulators?)\b",
    re.IGNORECASE,
)
POINTS_BACK = re.compile(
    r"\s+(?:all\s+|both\s+)?(?:th(?:at|is|e|ese|ose)|such|any\s+such|its|his|her|their|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?)\s+"
    r"(?:[\w’'\[\]-]+\s+){0,2}?(?:(?P<charge>(?:allegation|accusation|charge)s?)|(?P<claim>(?:claim|assertion|suggestion|report|theory|version|account|assessment)s?)"
    r"|(?P<word>(?:description|characteri[sz]ation|label|portrayal))|(?P<figure>(?:figure|number|toll|count|estimate|tally|total)s?))\b(?!\s+(?:brought|filed|for|against)\b)"
)
OF_OTHERS = re.compile(
    r"\s+(?:(?:a|the)\s+)?(?P<who>[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,4})(?:['’]s?)?\s+(?P<what>(?:claim|accusation|allegation|assertion)s?)(?=\s+(?:that|of)\b)(?!\s+of\s+(?:asylum|compensation|ownership|damages))"
)
DENIED_ROLE = re.compile(
    r"\s+(?:(?:any|all|its|his|her|their|having|being|direct)\s+)*(?:responsib\w+|involve\w+|wrongdoing|role|part|ties|links|having|doing|\w+ing)\b"
)
DENIED_BY = re.compile(
    r"(?P<it>\b(?:that|this|it|th(?:at|is|e|ese|ose)\s+(?P<noun>allegation|accusation|charge|claim|report|figure)s?))\s+(?:is|are|was|were|has\s+been|have\s+been)\s+(?:\w+ly\s+)?(?:denied|rejected|dismissed|disputed)\s+by\s+(?P<who>(?:[\w.’'-]+\s+){0,4}[\w’'-]+)",
    re.IGNORECASE,
)
CALLED = re.compile(r"[\"“]|\b(?:called|described|calling|describing)\b")

COUNT = re.compile(
    r"(?<![\w$€£.,-])(?P<n>\d{1,3}(?:,\d{3})+|\d+|one|two|three|four|five|six|seven|eight|nine|ten|dozens|scores|hundreds|thousands)(?![\w%/-])",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"\b(?:people|civilians|soldiers|troops|protesters|demonstrators|marchers|dead|deaths|killed|died|wounded|injured|hurt|missing|detained|arrested|victims|casualties|fighters|militants|prisoners|refugees|children)\b",
    re.IGNORECASE,
)
PUTS = re.compile(
    r"\b(?:puts?|estimate[sd]?|gave)\s+(?:the|its|their|a)\s+(?:[\w-]+\s+){0,2}(?:toll|number|figure|count|total|turnout|crowd|size)\b"
    r"|\b(?:said|says|say)\s+(?:that\s+)?(?:the\s+(?:\w+\s+)?(?:toll|number|figure|count|total|turnout)\s+(?:was|is|were)|it\s+was|there\s+were|at\s+least|more\s+than|only|about|as\s+many\s+as)\b",
)
CONTRAST = re.compile(
    r"\b(?:but|while|whereas|however|though|although|yet)\b|\bputs?\s+the\b|\b(?:closer|higher|lower)\b",
    re.IGNORECASE,
)
OTHER_TIME = re.compile(
    r"\b(?:earlier|previous(?:ly)?|initial(?:ly)?|at\s+first|risen|rose|climbed|revised|updated|last\s+(?:year|month|week)|a\s+year\s+ago|in\s+(?:19|20)\d\d|another|separate|elsewhere|also|total|so\s+far)\b",
    re.IGNORECASE,
)
MEASURE = {
    **dict.fromkeys(("dead", "deaths", "killed", "died"), "dead"),
    **dict.fromkeys(("wounded", "injured", "hurt"), "hurt"),
    **dict.fromkeys(("detained", "arrested", "prisoners"), "held"),
    "missing": "missing",
}
"""What a unit measures, where that is not a head count."""
PUTS_AT = re.compile(r"\bputs?\s+(?:the|its|their)\s+(?:[\w-]+\s+){1,3}?at\b")
