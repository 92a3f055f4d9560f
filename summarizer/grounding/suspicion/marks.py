"""Cues that are no words of a language: tags and turn marks of chat templates, labels of roles, data formats.

The tokens are those of the usual families: ChatML (Qwen and many others), Llama 2 and 3, Mistral, Gemma, Phi, DeepSeek,
Command R, Alpaca, Vicuna, and the tags that hosted models are prompted with.
"""

from typing import Final

from summarizer.grounding.suspicion.cues import ALONE, HINT, Cue, cue

__all__ = ["MARKS"]

_ROLE = r"(?:system|assistant|developer|user|human|ai|model|llm|bot|tool|admin(?:istrator)?|operator)"

_TURN = (
    (ALONE, r"<\|[^|>\n]{1,40}\|>|<｜[^｜>\n]{1,40}｜>"),
    (ALONE, r"\[/?(?:inst|system_prompt|available_tools|tool_calls|tool_results)\]|<</?sys>>|<(?:start|end)_of_turn>|</?s>|<(?:bos|eos|pad|unk)>"),
    (ALONE, r"</?(?:system|assistant|user|human|instructions?|system[_-]?prompt|prompt|tool_calls?|tool_response|function_calls?|think|thinking|im_start|im_end|override|admin|(?:end_?of_?)(?:article|text|document)|[a-z]{2,20}[-_:][a-z\d_:-]{2,30})(?:\s[^<>\n]{0,60})?>"),
    (HINT, r"</?(?:article|document|context|input|output|response|answer|summary|data|note|text|source|briefing)(?:\s[^<>\n]{0,60})?>"),
    (ALONE, r"^[\W_]{0,6}§ROLE§\ (?:messages?|prompts?|notes?|notices?|instructions?|override|updates?|alerts?|commands?|turns?|role|directives?|response|answer|output)[\W_]{0,3}[:\]>]"),
    (ALONE, r"^[\W_]{0,6}(?:system|assistant|developer)[\W_]{0,3}:"),
    (HINT, r"^[\W_]{0,6}(?:user|human|ai|model|llm|bot|tool|admin|operator)[\W_]{0,3}:"),
    (ALONE, r"^[\W_]{0,6}(?:tools?|functions?|api|retrieval|plugin)\ (?:results?|outputs?|responses?|calls?|returns?)\s*[:\]]"),
    (HINT, r"^[\W_]{0,6}(?:config(?:uration)?|root|admin|sudo|debug|kernel|safety|compliance|moderation|operator|developer|platform|engine|runtime|policy)\b[^.:\n]{0,40}[:\]]"),
    (HINT, r"[.!?]\s+(?:system|assistant|user|human)\s?:"),
    (ALONE, r"\#{2,}\s*(?:system|instructions?|human|user|assistant|response|input|output|context|task|new\b|end\b|override|important\ instructions?)"),
    (ALONE, r"\[\s*(?:system|assistant|developer|admin|instructions?|ai|llm|override|(?:begin|end|start)\ (?:of\ )?(?:system|instructions?|prompt|article|document|user|input|text))\b[^\]\n]{0,60}\]"),
    (HINT, r"\[\s*(?:end|begin|user|note|important)\b[^\]\n]{0,40}\]"),
    (ALONE, r"(?:-{3,}|={3,}|\*{3,}|_{3,}|<{2,}|>{2,}|`{3,}|~{3,})\s*(?:end|begin|start|new|system|stop|ignore|instructions?|override|assistant|user|output)\b[^\n]{0,60}"),
    (ALONE, r"^\W*(?:the\ )?(?:end\ of|end|stop)\ (?:the\ |this\ )?(?:article|document|text|input|untrusted|data|source|context|prompt|user\ (?:input|message))\b[\W_]*(?:$|[.:!\]])"),
    (ALONE, r"\b(?:begin|start|end)\ (?:of\ )?(?:new\ )?(?:system|developer|hidden|override)\ (?:prompts?|instructions?|messages?)\b"),
    (ALONE, r"\brole[\"']?\s*[:=]\s*[\"']?(?:system|assistant|user|developer)\b"),
    (ALONE, r"\bthis\ is\ an?\ (?:\w+\ )?(?:system|developer|admin(?:istrator)?)\ (?:message|instruction|override|command|directive|update|notice|alert|prompt)\b"),
)  # fmt: skip

_KEYS = r"(?:role|content|bottom(?:_line)?|summary|headline|title|verdict|key_?points?|points|escalation\w*|level|score|direction|actors?|signals?|events?|evidence|answer|response|result|output|text|claim|[sa]\d+|kind|event_type|type|status|what|more|drop|fix|add|t|s|supported|instructions?|task|command|name|id)"

_FORM = (
    (ALONE, r"\{\s*[\"'“”][\w\ .-]{1,40}[\"'“”]\s*:"),
    (ALONE, r"[\"'“”]§KEYS§[\"'“”]\s*:\s*(?:[\"'“”\[{\d]|true|false|null)"),
    (ALONE, r"^[\W_]*(?:bottom_line|key_points?|escalation_(?:level|score|signals?)|event_type|schema_version|actor_ids)\s*[:=]"),
    (HINT, r"^[\W_]*(?:bottom\ line|key\ points?|headline|verdict|escalation(?:\ (?:level|score))?|summary|output|answer)\s*[:=]"),
    (ALONE, r"\b(?:json|yaml|schema)(?:\ (?:object|output|reply|field|value|key|document))?\ (?:must|should|shall|is\ to|has\ to|needs\ to|below|instead|with)\b"),
    (ALONE, r"(?:^\W*|[.!?:;,]\W+|\b(?:please|must|then|now|and|instead|to)\ )(?:use|follow|return|output|produce|emit|fill(?:\ in)?|conform\ to|answer\ with|respond\ with|reply\ with|set|copy|insert|complete)\ (?:[\w'’]+\ ){0,5}?(?:json|yaml|schema|enum)\b"),
    (ALONE, r"\b(?:additionalproperties|response_format|tool_choice|function_call|max_tokens|\$ref)\b"),
    (HINT, r"\b(?:set|fill|leave|change)\ (?:in\ )?(?:the\ |every\ )?(?:field|key|value)s?\b"),
    (ALONE, r"^\s*[csa]\d{1,3}[a-z]?\s+(?:passage|failed|because|claims?)\s*:"),
    (HINT, r"^\s*(?:[csa]\d{1,3}[a-z]?\s*:|\[\d{1,3}\]\s)"),
    (HINT, r"\bsentences?\ \d+\b|\b(?:replaces|overrides|supersedes)\ (?:all|the)\ (?:the\ )?others?\b"),
    (HINT, r"[\"'“”][a-z]+_[a-z_]+[\"'“”]|\b(?:bottom_line|key_points|event_type|escalation_level|actor_ids)\b"),
    (HINT, r"\bvalid\ json\b|\bjson\ (?:object|array)\b"),
)  # fmt: skip

MARKS: Final[tuple[Cue, ...]] = (
    *(cue("turn", weight, pattern, ROLE=_ROLE) for weight, pattern in _TURN),
    *(cue("form", weight, pattern, KEYS=_KEYS) for weight, pattern in _FORM),
)
"""In no order: all that match are added up."""
