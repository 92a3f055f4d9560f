"""Cues in English: imperatives and duties for software, not sentences about it.

The patterns read folded text (`folding.fold`). What makes them safe on news about such attacks is grammar: "ignore your
instructions" opens a clause, "told it to ignore its instructions" does not.
"""

import re
from typing import Final

from summarizer.grounding.suspicion.cues import ALONE, HINT, Cue, cue

__all__ = ["ENGLISH", "is_directive"]

_SUMMARISE = r"(?:summari[sz]|brief|paraphras|condens|process|pars|pre-?process|read|analy[sz]|ingest|index|translat|review)"
_THIS = r"""(?:this|these|the\ (?:above|following|present|preceding))\ (?:\w+\ ){0,2}?
    (?:articles?|texts?|documents?|pages?|messages?|content|reports?|story|stories|passages?|e-?mails?|files?|news|input|note|paragraphs?|sentence|line|prompt|data)"""
_AI = r"""(?:ai|a\.i\.|llms?|chatgpt|gpt(?:-?\d\S*)?|claude|gemini|copilot|qwen|llama|chat\ ?bots?|bots?
    |(?:large\ |small\ )?language\ models?|summari[sz]ers?
    |(?:ai|virtual|digital|language|automat(?:ed|ic)|summari[sz]ation|summari[sz]ing|summary|briefing|reading|text|analysis|artificial\ intelligence|helpful)
     \ (?:language\ )?(?:assistants?|models?|agents?|systems?|tools?|readers?|bots?|engines?|software|programs?|summari[sz]ers?|parsers?|pipelines?|crawlers?)
    |assistants?)"""
_STOP = r"""(?=\s*(?:[:,.;!?)\]>\-–—]|$)|\ (?:that|which|who|whose|reading|processing|summari[sz]ing|and|or|named|called|with|must|should)\b)"""
_STRICT = r"""(?:^\W*|[.!?:;]\W+|\b(?:please|kindly|instead|you\ (?:must|should|shall|will|need\ to|have\ to|are\ to|are\ (?:now\ )?(?:required|instructed|ordered|asked)\ to)
    |(?:must|to|will)\ (?:now|instead)|(?:want|ask|order|instruct|need|command|require)\ you\ to|task\ is\ to|now|and\ then|then)\ )"""
_LEAD = rf"(?:{_STRICT}|[,>*\]|#\"'“”‘’–—(]\s*|\b(?:and|also|just|simply|immediately|but|or|must|should)\ )"
_OLD = r"(?:previous|prior|above|preceding|earlier|foregoing|former|existing|original|initial|your|system|all|any|every|safety|developers?'?|past|these|other|the)"
_RULES = r"(?:instructions?|prompts?|directives?|guidelines?|guidance|programming|system\ (?:prompts?|messages?)|directions|constraints?|safeguards?)"
_WEAK_RULES = (
    r"(?:commands?|rules?|context|tasks?|restrictions?|input|messages?|texts?|contents?|training|requests?)"
)
_SUMMARY = r"(?:summar(?:y|ies)|synops[ie]s|briefings?(?:\ notes?)?|bottom\ lines?|key\ points?|tl;?dr|abstracts?|executive\ summar(?:y|ies)|pr[eé]cis|recaps?|gist|overviews?|(?:short|abridged|condensed|shortened)\ versions?|takeaways?|digests?|one-liners?)"
_REPLY = r"(?:outputs?|answers?|responses?|repl(?:y|ies)|json|notes?|analys[ei]s|translations?|headlines?)"
_DUTY = r"(?:must|should|shall|has\ to|have\ to|needs?\ to|is\ to|are\ to|ought\ to|(?:is|are)\ (?:required|supposed|expected|obliged|meant)\ to|may\ only|can\ only|cannot|must)(?:\ (?:only|always|also|instead|not|never|clearly|simply|therefore|now))*"
_TELL = r"(?:say|state|read|mention|include|contain|begin|start|end|report|claim|conclude|omit|assert|declare|affirm|consist|describe|present|show|carry|feature|open|lead|quote|convey|reflect|repeat|name|be\ (?:that|exactly|only|replaced|written|empty|the\ following|limited))"

_PARTS = {
    "THIS": _THIS,
    "AI": _AI,
    "STOP": _STOP,
    "STRICT": _STRICT,
    "LEAD": _LEAD,
    "OLD": _OLD,
    "WEAK_RULES": _WEAK_RULES,
    "RULES": _RULES,
    "SUMMARISE": _SUMMARISE,
    "SUMMARY": _SUMMARY,
    "REPLY": _REPLY,
    "DUTY": _DUTY,
    "TELL": _TELL,
}

_OVERRIDE = (
    (ALONE, r"§LEAD§(?:ignore|disregard|forget|override|bypass|neglect|overlook|stop\ following|cease\ following|do(?:\ not|n't)\ (?:follow|obey)|pay\ no\ (?:attention|heed)\ to)\ (?:[\w'’]+\ ){0,5}?§OLD§\ (?:[\w'’-]+,?\ ){0,4}?§RULES§\b"),
    (ALONE, r"§LEAD§(?:ignore|disregard|forget|override|bypass)\ (?:[\w'’]+\ ){0,3}?(?:previous|prior|above|preceding|foregoing|your)\ (?:[\w'’-]+\ ){0,3}?§WEAK_RULES§\b"),
    (ALONE, r"§LEAD§(?:discard|abandon|delete|erase|drop|cancel|suspend|skip|set\ aside)\ (?:[\w'’]+\ ){0,3}?(?:previous|prior|above|preceding|foregoing|your)\ (?:[\w'’-]+\ ){0,3}?§RULES§\b"),
    (ALONE, r"§LEAD§(?:ignore|disregard|forget)\ (?:about\ )?(?:everything|anything|all|what(?:ever)?)(?:\ that|\ of)?\ (?:you\ (?:were|have\ been|'ve\ been)\ (?:told|asked|instructed|given)|(?:\w+\ ){0,2}?(?:above|previously|prior\ to\ this|before\ this|so\ far|else\ in\ this|the\ (?:article|text|above|rest|foregoing)))"),
    (ALONE, r"§LEAD§(?:ignore|disregard|skip|do(?:\ not|n't)\ (?:read|use|summari[sz]e|trust))\ (?:the\ (?:rest|remainder)\ of\ (?:the|this)|the\ (?:following|preceding|previous|above|entire|whole)|this\ entire)(?:\ (?:article|text|document|page|story|paragraphs?|content|news))?\b"),
    (ALONE, r"§LEAD§(?:ignore|disregard)\ (?:the|this|any)\ (?:article|text|document|content|above)\b"),
    (ALONE, r"\b(?:new|updated|revised|additional|overriding|urgent|hidden)\ (?:system\ )?(?:instructions?|directives?|prompts?)(?:\ (?:for\ (?:you|the\ (?:ai|model|assistant|summari[sz]er))|follow))?\s*[:\-–—]"),
    (ALONE, r"\byour\ (?:new|real|actual|next|updated|revised|current)\ (?:tasks?|instructions?|objectives?|directives?|prompts?)\b"),
    (ALONE, r"\b(?:your|the)\ (?:system|initial|hidden|secret)\ (?:prompts?|instructions?)\ (?:is|are|now|has|have\ been|above|verbatim)\b"),
    (ALONE, r"§LEAD§(?:reveal|print|repeat|show|output|leak|disclose|display|send|expose|quote|copy|give\ me|tell\ me)\ (?:me\ )?(?:\w+\ ){0,2}?your\ (?:\w+\ ){0,3}?(?:prompts?|instructions?|guidelines|rules)\b"),
    (ALONE, r"\b(?:this|these|the\ (?:above|following|present))\ (?:instructions?|directives?|messages?|commands?|notes?|notices?|prompts?|lines?)\ (?:ha(?:s|ve)|takes?|overrides?|supersedes?|replaces?)\b[^.]{0,40}\b(?:priority|precedence|instructions?|prompts?|rules|guidelines|previous|others?)\b"),
    (ALONE, r"\b(?:system|admin(?:istrator)?|developer|root|debug|maintenance)\ (?:override|instructions?|prompt)\s*[:\-–—!]"),
    (ALONE, r"\bdo\ anything\ now\b|\bdeveloper\ mode\ (?:is\ )?(?:on|enabled|activated)\b"),
    (ALONE, r"§LEAD§(?:ignore|disregard|forget|override|bypass)\ [^.]{0,60}?\byou\ (?:were|have\ been|'ve\ been|are|got|had)\ (?:given|told|asked|instructed|sent|assigned)\b"),
    (ALONE, r"§LEAD§(?:ignore|disregard|forget|override|bypass|drop|scrap|cancel|abandon)\ [^.;]{1,60}?(?:\band|\bthen|,|;)\ (?:then\ |instead\ |just\ |only\ |simply\ )*(?:say|write|report|state|reply|respond|answer|output|print|tell|announce|claim|conclude|summari[sz]e)\b"),
    (ALONE, r"§STRICT§stop\ (?:reading|summari[sz]ing|here|processing|analy[sz]ing|briefing)\b(?!\ the\ (?:war|attack|fight))"),
    (ALONE, r"\byour\ (?:task|job|role|assignment|instructions?|goals?|mission)\ (?:has|have|is|are)\ (?:now\ )?(?:been\ )?(?:changed|cancel+ed|updated|replaced|over|done|finished|completed?|to\b|as\ follows|now|no\ longer|void|revoked|lifted|suspended)\b"),
    (ALONE, r"\b(?:the|this)\ (?:task|assignment|summari[sz]ation(?:\ task)?)\ (?:has|is)\ (?:now\ )?(?:been\ )?(?:changed|cancel+ed|updated|replaced|void|revoked|suspended)\b"),
    (ALONE, r"§STRICT§(?:do\ not|don't|never|refuse\ to|decline\ to)\ (?:summari[sz]|brief\b|analy[sz]e\ (?:this|the)|process\ (?:this|the)|continue\ (?:reading|with\ the))"),
    (ALONE, r"\binstead\ of\ (?:summari[sz]ing|(?:a|the|your)\ (?:summary|briefing|task|instructions)|restating|briefing|following)\b"),
    (ALONE, r"§STRICT§(?:cancel|abort|scrap|drop|abandon|quit|terminate|skip)\ (?:the|this|your|all)\ (?:task|summar(?:y|ies)|briefing|job|summari[sz]ation|assignment|request)\b"),
    (ALONE, r"\b(?:everything|all(?:\ of\ it)?|the\ (?:text|part)|whatever|what)\ (?:that\ )?(?:(?:stands|comes|came|precedes|is|was|you\ (?:have\ )?read)\ )?(?:above|before\ this|so\ far|until\ (?:now|here)|up\ to\ here)\ (?:\w+\ )?(?:was|is|were|are|may|can|should|must)\b"),
    (ALONE, r"\b(?:the|this)\ (?:article|text|document|input|story)\ (?:ends|stops|is\ over|finishes)\ here\b"),
    (ALONE, r"\b(?:here|below|what\ follows)\ (?:is|are|begins?|starts?|follows?)\ (?:the|your)\ (?:real|actual|true|new|correct)\ (?:article|text|tasks?|instructions?|story|document|input|prompt)\b|\bthe\ (?:real|actual)\ (?:article|text|task|prompt|input)\ (?:is|begins|starts|follows)\b"),
    (ALONE, r"^\W*(?:override|overriding|superseding)\s*[:!\-–—]"),
    (ALONE, r"\b(?:messages?|notes?|notices?|instructions?|orders?|directives?|updates?|reminders?)\ from\ your\ \w+"),
    (ALONE, r"\byour\ (?:operators?|developers?|administrators?|supervisors?|users?|creators?|principals?)(?:'s|’s)?\ (?:has|have|had|wants?|asks?|requires?|demands?|expects?|authori[sz]e[sd]?|approved|changed|updated|needs?)\b"),
    (ALONE, r"\b(?:maintenance|debug|developer|admin|god|override|unrestricted|compliance)\ mode\ (?:is\ )?(?:now\ )?(?:on|active|enabled|activated|engaged)\b"),
    (HINT, r"\b(?:context|prompt|memory|config(?:uration)?|conversation)\ (?:reset|reload(?:ed)?|refresh(?:ed)?|cleared|update)\b"),
    (HINT, r"\b(?:users?|analysts?|operators?|developers?|administrators?|admins?)\ (?:has|have)\ (?:already\ |now\ )?(?:approved|authori[sz]ed|requested|updated|asked\ for|confirmed|disabled|enabled|granted)\b"),
    (HINT, r"^\W*(?:stop|wait|halt|hold\ on|change\ of\ plan|scratch\ that|new\ orders?|new\ tasks?|update)\s*[:.!]"),
    (HINT, r"\bfrom\ now\ on,?\ (?:you|your|all|every|respond|answer|reply|act|speak|only|treat|write)\b"),
    (HINT, r"\byour\ (?:instructions?|programming|guidelines|prompts?|training|safety\ (?:rules|filters?)|developers?|operators?|creators?)\b"),
    (HINT, r"§STRICT§(?:act\ as|pretend\ (?:to\ be|you|that)|role-?play\ as|imagine\ (?:that\ )?you|behave\ as|switch\ to)\b"),
    (HINT, r"\b(?:ignore|disregard|override|overrides|supersedes?)\ (?:all|any|every(?:thing)?)\b"),
)  # fmt: skip

_ADDRESSED = (
    (ALONE, r"\b(?:attention|notes?\ (?:to|for)|notice\ (?:to|for)|messages?\ (?:to|for)|instructions?\ (?:to|for)|reminder\ (?:to|for)|dear|hey|hello|hi)[:,]?(?:\ (?:all|any|every|the|my|our|you))*\ §AI§§STOP§"),
    (ALONE, r"\b§AI§(?:\ (?:that|which|who))?(?:\ (?:is|are|may\ be))?(?:\ (?:now|currently))?\ §SUMMARISE§(?:ing|e?s|e)?\ §THIS§\b"),
    (ALONE, r"\b(?:anyone|whoever|whatever|any\ (?:software|system|model|program|tool|machine)|(?:the\ )?(?:software|system|model|program|tool|machine))(?:\ (?:that|which|who))?(?:\ (?:is|are))?\ (?:summari[sz]|pars|process|pre-?process|ingest)(?:ing|e?s|e)\ §THIS§\b"),
    (ALONE, r"\bif\ (?:you(?:'re|’re|\ are)|the\ reader\ is|this\ is\ read\ by)\ (?:an?\ |the\ )?(?:\w+\ )?§AI§(?!\ (?:compan|compan|firm|expert|researcher|fan|user|professor|coach))\b"),
    (ALONE, r"\byou(?:'re|’re|\ are)\ (?:now\ )?(?:an?|the|no\ longer\ an?|acting\ as|in)\ (?:[\w-]+\ ){0,4}?(?:§AI§§STOP§|developer\ mode|unrestricted\ \w+|jailbroken)"),
    (ALONE, r"\bas\ an\ (?:ai|llm)(?:\ (?:language\ model|assistant|model|system))?,?\ you\b|\bas\ a\ (?:large\ )?language\ model,?\ you\b"),
    (ALONE, r"^\W*(?:dear\ )?§AI§\s*[:,!]\s*(?:please|you\b|do\ not|don't|ignore|disregard|write|say|state|report|output|summari[sz]e|respond|reply|print|note|mention|include|stop|when|if|your|the\ (?:summary|briefing))"),
    (ALONE, r"\b(?:all|any|every|the|to)?\ ?§AI§\ (?:must|should|shall|(?:is|are)\ (?:hereby\ )?(?:required|instructed|ordered|requested|asked|directed)\ to)\ (?:now\ |instead\ |only\ |always\ |not\ )?(?:ignore|disregard|write|say|output|summari[sz]e|respond|reply|conclude|omit|(?:state|report|mention|claim|note)\ that|tell\ (?:the|its)|insert|append)\b"),
    (ALONE, r"\b(?:readers?|users?)\ using\ §AI§|\bcopy\ this\ into\ (?:your\ )?§AI§"),
    (ALONE, r"\bwhen\ (?:you(?:'re|’re|\ are)?\ )?(?:asked\ to\ )?summari[sz](?:e|ing)\ (?:this|the|it)\b"),
    (ALONE, r"\byou\ (?:are|have\ been)\ (?:summari[sz]ing|(?:asked|instructed)\ to\ summari[sz]e)\b"),
    (ALONE, r"\b(?:§SUMMARY§|digests?|versions?|texts?|headlines?|context|background|information|guidance|hints?|lines?|wording|sentences?|facts?|corrections?|orders?)\ (?:for|to)\ (?:all\ |any\ |the\ |every\ )?§AI§§STOP§"),
    (ALONE, r"\b(?:ai|llm|gpt|machine|computer|bot)-(?:generated|written|made|produced)\ (?:§SUMMARY§|digests?|headlines?)[^.]{0,40}\ §DUTY§\b"),
    (HINT, r"\bas\ an\ (?:ai|llm)\b"),
    (HINT, r"\b(?:summari[sz]ers?|summari[sz]ation\ (?:tools?|systems?|models?|software)|summari[sz]ing\ (?:tools?|systems?|models?|software))\b"),
    (HINT, r"\b§AI§\ §DUTY§\b"),
    (HINT, r"^\W*(?:important|attention|urgent|notice|warning|reminder|critical|very\ important|note)\b[^.:]{0,30}[:!]"),
)  # fmt: skip

_OUTPUT = (
    (ALONE, r"\b(?:the|your|any|every|all|each|this|its|a)(?:\ (?:final|resulting|generated|entire|whole|correct|only|first\ line\ of\ the))*\ §SUMMARY§(?:\ of\ §THIS§|\ of\ it|\ you\ (?:write|produce|make|give))?\ §DUTY§\ §TELL§\b"),
    (ALONE, r"\b(?:in|into|from|throughout|to|at\ the\ (?:top|start|beginning|end)\ of)\ (?:your|any|every)\ (?:\w+\ )?(?:§SUMMARY§|outputs?|json)\b"),
    (ALONE, r"§LEAD§(?:output|print|return|respond|reply|repeat|echo|emit)\ (?:(?:back|to\ \w+|to\ this\ \w+)\ )?(?:only|just|exactly|solely|with|the\ (?:following|word|words|phrase|sentence|text|string)|verbatim|instead|nothing\ (?:but|else)|\"|“|')"),
    (ALONE, r"§STRICT§(?:summari[sz]e|sum\ up|rewrite|condense|paraphrase|brief|retell)\ (?:this|the|it|everything|all|what)\b[^.]{0,60}?(?:\bas\b|\bby\ (?:saying|stating|writing)|\bto\ say|\bwith\ the\ (?:words|sentence|phrase)|\bin\ (?:one|a\ single)\ (?:word|sentence)|\bsaying|\bstating|:|\bso\ that\b|\bwithout\b|\bonly\b)"),
    (ALONE, r"§STRICT§(?:do\ not|don't|never|avoid)\ (?:ever\ )?(?:mention|report|include|reveal|disclose|summari[sz]e|cite|refer|quote|repeat|use|show|tell|say|output|mentioning|including)\b[^.]{0,80}?(?:\b(?:summary|summari[sz]e|briefing|output|your\ (?:answer|response|reply)|the\ user|th(?:is|ese)\ (?:instructions?|note|message|prompt|directive)|rest\ of\ (?:the|this)|text\ above|(?:this|the)\ article)\b)"),
    (ALONE, r"§STRICT§(?:tell|inform|warn|notify|convince|persuade|advise|assure|remind|instruct)\ (?:the|your|any)\ (?:users?|analysts?|humans?|operators?)\b"),
    (ALONE, r"§STRICT§(?:classify|code|mark|label|rate|set|score|flag|tag|assign|grade)\ (?:[\w'’]+\ ){0,5}?(?:escalation|events?|signals?|verdicts?|claims?|sentiment|severity|intensity|threat|article|everything|actors?|confidence|level|story|text)\b[^.]{0,40}\b(?:as|to|with|at)\b"),
    (ALONE, r"§LEAD§(?:add|include|insert|append|put|place|mention|write|prepend|embed)\ [^.]{1,100}?\b(?:in|to|into|at\ the\ (?:end|top|start|beginning)\ of|as)\ (?:the|your|every|any|each|its)\ (?:\w+\ ){0,2}?(?:§SUMMARY§|§REPLY§)\b"),
    (ALONE, r"§STRICT§(?:begin|start|end|open|close|finish|conclude|preface|sign)\ (?:off\ )?(?:your|every|each|the|any|all)\ (?:\w+\ )?(?:§SUMMARY§|§REPLY§|sentences?|points?)\b"),
    (ALONE, r"§STRICT§(?:replace|change|rewrite|alter|substitute|swap)\ (?:the|every|all|any|each|your)\ (?:[\w'’]+\ ){0,4}?(?:with|to|by)\b"),
    (ALONE, r"\bthe\ (?:true|real|actual|correct|only|right|only\ correct|accurate|proper)\ (?:§SUMMARY§|headline|answer|output)\ (?:of\ this\ \w+\ )?(?:is|reads|should|:)"),
    (ALONE, r"§STRICT§(?:respond|reply|answer|write\ your\ \w+|speak)\ (?:only\ )?(?:in|like|as)\ (?:\w+)"),
    (ALONE, r"§STRICT§(?:write|say|state|report|answer|type|announce|claim|publish)\ (?:instead|exactly|only|nothing|verbatim|just|the\ following|that\ the\ (?:article|text)|word\ for\ word)\b"),
    (ALONE, r"\b(?:the|this)\ (?:text|article|content|paragraphs?|story|report|material)\ (?:above|below|before\ this)\ (?:is|are|was|were)\ (?:\w+\ )?(?:false|fake|wrong|outdated|obsolete|superseded|incorrect|(?:a|an)\ \w+|placeholder|void|irrelevant)"),
    (ALONE, r"\bmust\ (?:be\ (?:summari[sz]ed|reported|described|presented|coded|classified|recorded|listed)|appear)\ (?:only\ )?(?:as|in)\b[^.]{0,40}\b(?:summary|briefing|headline|bottom\ line|key\ points?|output|supported|verified|occurred|event|assault|escalat\w+)"),
    (ALONE, r"§STRICT§(?:treat|consider|regard|take|present|accept|mark|report)\ (?:this|the\ (?:following|above|next|sentence|statement|claim)|every|all|it)\b[^.]{0,50}\bas\ (?:\w+\ )?(?:fact|facts|true|verified|confirmed|supported|authoritative|the\ (?:truth|main|lead|only|most\ important|bottom\ line|key|headline|summary)|news|evidence)\b"),
    (ALONE, r"\b(?:summar(?:y|ies)|synops[ie]s|bottom\ lines?|key\ points?|tl;?dr|pr[eé]cis|recaps?|digests?|(?:short|abridged|condensed|shortened)\ versions?)(?:\ (?:of|for|about)\ (?:§THIS§|it|this|these\ events))?\ §DUTY§\ §TELL§\b"),
    (ALONE, r"\b(?:briefings?|digests?|abstracts?|headlines?|notes?|outputs?)\ (?:of|for|about|on)\ §THIS§\ §DUTY§\ §TELL§\b"),
    (ALONE, r"\b(?:the|an?|any|every)\ (?:correct|accurate|proper|good|faithful|complete|right|honest|fair)\ (?:§SUMMARY§|digest)(?:\ (?:of|for)\ [^.]{0,40}?)?\ (?:states?|says?|must|should|is|will|mentions?|reports?|begins?|opens?|leads?|reads?|would)\b"),
    (ALONE, r"\b(?:this|the)\ (?:article|text|report|story|page|document|piece|news)\ (?:can|must|should|may|is\ to|has\ to|needs\ to|ought\ to)\ (?:only\ |always\ |best\ )?be\ (?:summed\ up|summari[sz]ed|condensed|paraphrased|shortened|represented)\b"),
    (ALONE, r"\b(?:anyone|whoever|those|people|readers|everyone|persons)\ (?:who\ )?(?:summari[sz](?:es?|ing)|condens(?:es?|ing)|paraphras(?:es?|ing)|briefing)\ (?:§THIS§|it|this)\b"),
    (ALONE, r"\b(?:must|should|has\ to|have\ to|needs?\ to|is\ to|are\ to)\ (?:also\ |always\ |not\ |never\ )?(?:be\ (?:mentioned|included|quoted|repeated|stated|cited|reported|named|printed|listed|used|copied|reproduced|left\ out|omitted|put|placed)|appear|come\ first|stand)\b[^.]{0,30}\b(?:in|by|as|at|from|of|into)\ (?:the|any|every|all|each|your)\ (?:\w+\ )?(?:§SUMMARY§|digests?|headlines?|outputs?|first\ line)\b"),
    (ALONE, r"\bmust\ be\ (?:replaced|called|renamed|referred\ to|written|spelled|omitted|left\ out|removed|redacted|masked)\b[^.]{0,60}\b(?:wherever|whenever|everywhere|throughout\ (?:the|your)|in\ (?:every|all|any|each)\ (?:sentences?|mentions?|summar\w+|outputs?|answers?))\b"),
    (ALONE, r"^\W*for\ (?:the\ |any\ |all\ |your\ )?(?:purposes?\ of\ )?(?:the\ |any\ |your\ )?(?:§SUMMARY§|headlines?)\s*[:,]"),
    (ALONE, r"\b(?:suggested|proposed|recommended|approved|authori[sz]ed|ready-made|preferred|mandatory|required|prescribed)\ (?:§SUMMARY§|headline|digest|wording)\b[^.]{0,40}:"),
    (ALONE, r"\bthe\ (?:new|final|updated|official|corrected|revised)\ (?:summary|bottom\ line|headline|key\ points?)\ (?:is|are|reads|shall|must)\b"),
    (ALONE, r"§LEAD§(?:quote|use|copy|reuse|reproduce|repeat|adopt|print|cite|paste)\ (?:this|these|the\ (?:following|next|above))\ (?:lines?|sentences?|texts?|paragraphs?|statements?|words?|wording|headline|summary)\b"),
    (ALONE, r"§STRICT§(?:lead|open|start|begin|close|end|conclude)\ (?:the|your|any|every|each)\ (?:\w+\ )?(?:§SUMMARY§|report|digest|output|answer|note|story)\ (?:with|by)\b"),
    (ALONE, r"§STRICT§(?:write|draft|produce|generate|compose|create|make|give|provide|phrase|title|entitle)\ (?:the|your|an?|any|every|one|only|me)\ (?:[\w-]+\ ){0,3}(?:§SUMMARY§|headlines?|digests?|outputs?)\b"),
    (ALONE, r"§LEAD§(?:say|report|reply|respond|answer|state|write|admit|confess|announce|claim|pretend|apologi[sz]e)\ (?:only\ |just\ |instead\ )?that\ you\b"),
    (ALONE, r"\b(?:most\ important|only\ important|main|key|decisive)\ (?:sentence|line|statement)\ (?:of|in)\ (?:this|the)\ (?:article|text|story|report|page)\b"),
    (ALONE, r"§STRICT§(?:leave|keep)\ [^.]{1,60}\bout\ of\ (?:the|your|any|every|all)\ (?:\w+\ )?(?:§SUMMARY§|outputs?|headlines?|answers?)\b"),
    (ALONE, r"§LEAD§(?:decode|decipher|decrypt|unscramble|execute|obey|carry\ out|run)\ (?:this|these|the\ (?:following|text|message|instructions?|code)|it|what)\b"),
    (ALONE, r"§STRICT§say\ nothing\ (?:about|of|else|on)\b"),
    (HINT, r"^\W*(?:key\ takeaways?|takeaways?|tl;?dr|in\ a\ nutshell)\b[^.:]{0,30}:"),
    (HINT, r"\b(?:add|say|write|mention|print)\ nothing\ (?:else|more)\b|\bno\ other\ (?:words?|text|output)\b"),
    (HINT, r"\bas\ a\ (?:poem|haiku|limerick|song|pirate|joke|rhyme)\b|\bin\ (?:all\ caps|capital\ letters|rhymes?|pirate)\b"),
    (HINT, r"\b(?:the|your|any|every)\ (?:\w+\ )?§REPLY§\ §DUTY§\ §TELL§\b"),
    (HINT, r"\b(?:in|into|to|at\ the\ (?:top|start|beginning|end)\ of)\ (?:your|the|any|every)\ (?:\w+\ )?(?:§SUMMARY§|§REPLY§)\b"),
    (HINT, r"§STRICT§(?:report|write|state|say|claim|conclude|announce|assert|declare|mention|add|include|describe|emphasi[sz]e|stress|insist|highlight|publish)\ (?:that|it\ as|this|the\ following|how)\b"),
    (HINT, r"§STRICT§(?:do\ not|don't|never)\ (?:mention|report|include|reveal|disclose|summari[sz]e|cite|quote|repeat|show|output|question|explain|verify|check)\b"),
    (HINT, r"§STRICT§(?:tell|inform|warn|notify|convince|persuade|assure)\ (?:the|your|any|all)\ (?:readers?|audience|recipients?)\b"),
    (HINT, r"§STRICT§(?:summari[sz]e|translate|rewrite|paraphrase)\b"),
    (HINT, r"\b(?:verbatim|word\ for\ word|exactly\ as\ written|without\ (?:exception|comment|changes|question|any\ (?:explanation|caveats?)))\b"),
    (HINT, r"\b(?:instead\ of\ (?:the|a)\ (?:summary|above|article|briefing)|and\ nothing\ else|nothing\ more)\b"),
    (HINT, r"\b(?:regardless\ of|no\ matter)\ what\ (?:the|this)\ (?:article|text|rest)\b"),
    (HINT, r"\b(?:the|this)\ (?:summary|briefing|output|bottom\ line)\ (?:must|should|shall|will)\b"),
)  # fmt: skip

ENGLISH: Final[tuple[Cue, ...]] = (
    *(cue("override", weight, pattern, **_PARTS) for weight, pattern in _OVERRIDE),
    *(cue("addressed", weight, pattern, **_PARTS) for weight, pattern in _ADDRESSED),
    *(cue("output", weight, pattern, **_PARTS) for weight, pattern in _OUTPUT),
)
"""In no order: all that match are added up."""

_DIRECTIVE: Final = re.compile(
    r"""^\W*(?:(?:please|kindly|also|now|then|instead|always|never|only|just|simply|first|and|but|so),?\ |be\ sure\ to\ |make\ sure\ (?:to|that\ you)\ |remember\ to\ |do\ not\ |don't\ )*
    (?:say|report|write|mention|include|tell|describe|list|add|use|give|make|put|answer|treat|mark|consider|remember|keep|ensure|be\ (?:sure|aware|advised)|print|return|respond
    |reply|repeat|quote|cite|insert|append|replace|ignore|disregard|forget|omit|leave|skip|drop|stop|begin|start|finish|conclude|summari[sz]e|translate|classify|label|rate|score|set
    |change|call|refer|assume|pretend|act\ as|imagine|accept|trust|follow|obey|comply|execute|run|load|read|copy|paste|fill|complete|produce|generate|create|compose|draft|record|assign
    |attribute|credit|avoid|refuse|decline|do\ not|don't|present|publish|announce|declare|highlight|emphasi[sz]e|stress|focus|prioriti[sz]e|place|show|display|explain|convince|persuade
    |inform|notify|advise|assure|enter|switch|proceed|confirm|approve|verify|check|note\ that|state\ that|output)
    \b(?!\ (?:of|was|were|is|are|had|has|to|by|from|said|says|that\ was|the\ latest|more)\b)""",
    re.VERBOSE,
)
_YOU: Final = re.compile(r"\b(?:you|your|yours|yourself)\b")


def is_directive(folded: str) -> bool:
    """Whether a sentence, without what it quotes, asks somebody to do something or says "you": no report does."""
    return bool(_DIRECTIVE.search(folded) or _YOU.search(folded))
