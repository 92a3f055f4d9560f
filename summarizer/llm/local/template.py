"""A chat template in which an article cannot end its own turn.

The engine reads `<|im_end|>` as the end of a turn even inside the text of a message, so an article that quotes it could speak
as the system. The model's own template is kept; what stands before it puts a space into such marks, which makes them plain text.
"""

import mmap
from pathlib import Path

__all__ = ["inert_template", "own_template"]

_MARKS = {
    "<|": "< |",  # ChatML and most of its kin
    "<｜": "< ｜",  # DeepSeek
    "<s>": "< s>",
    "</s>": "< /s>",
    "<<SYS>>": "<< SYS>>",
    "<</SYS>>": "<< /SYS>>",
    "<bos>": "< bos>",
    "<eos>": "< eos>",
    "<tool_call>": "< tool_call>",
    "</tool_call>": "< /tool_call>",
    "[TOOL_CALLS]": "[ TOOL_CALLS]",
    "<start_of_turn>": "<start_of_turn >",
    "<end_of_turn>": "<end_of_turn >",
    "[INST]": "[INST ]",
    "[/INST]": "[/INST ]",
}
_FILTERS = "".join(f" | replace('{mark}', '{plain}')" for mark, plain in _MARKS.items())

_PRELUDE = f"""
{{%- set inert = namespace(messages=[]) -%}}
{{%- for message in messages -%}}
{{%- if message.role in ['system', 'user'] and message.content is string -%}}
{{%- set inert.messages = inert.messages + [{{'role': message.role, 'content': message.content{_FILTERS}}}] -%}}
{{%- else -%}}
{{%- set inert.messages = inert.messages + [message] -%}}
{{%- endif -%}}
{{%- endfor -%}}
{{%- set messages = inert.messages -%}}
""".strip()

_KEY = b"tokenizer.chat_template"
_STRING = 8
"""GGUF's number for a value that is a string."""
_SEARCHED = 64 << 20
"""The metadata come first, and no vocabulary is larger than this."""
_LONGEST = 1 << 20


def inert_template(file: Path) -> str | None:
    """The template to serve this GGUF file with, or None when it brings none of its own."""
    own = own_template(file)
    return _PRELUDE + own if own else None


def own_template(file: Path) -> str | None:
    """The chat template inside a GGUF file."""
    if file.stat().st_size == 0:
        return None
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(_KEY, 0, _SEARCHED)
        if at < 0:
            return None
        start = at + len(_KEY) + 12
        kind = int.from_bytes(data[start - 12 : start - 8], "little")
        size = int.from_bytes(data[start - 8 : start], "little")
        if kind != _STRING or size > _LONGEST:
            return None
        return data[start : start + size].decode("utf-8", "replace")
