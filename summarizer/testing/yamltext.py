"""Recordings as YAML that a reviewer can read and that gives every character back.

Nothing is normalised: spans of an article must stay verbatim. Long strings are literal blocks; a string
with a character that YAML readers fold (CR, NEL, line and paragraph separators, BOM) is quoted and escaped.

Only import this module through `summarizer.testing.storage`: it needs PyYAML.
"""

import re
from typing import Any

import yaml

__all__ = ["dumps", "loads"]

LONG = 80
"""Strings longer than this, in characters, stand in a block of their own."""

SIMPLE_KEY = 1000
LONGEST_ESCAPE = len(r"\U0001F600")

_FOLDED = re.compile("[\r\x85\u2028\u2029\ufeff]")


class _Dumper(yaml.SafeDumper):
    """Writes repeated values out in full: an anchor would make a diff unreadable."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        """Never refer back to a value already written."""
        return True

    def check_simple_key(self) -> bool:
        """Whether a key may stand on one line: readers stop looking for its colon after 1024 characters."""
        key = getattr(self.event, "value", "")
        return len(key) * LONGEST_ESCAPE < SIMPLE_KEY and bool(super().check_simple_key())


def _text(_dumper: _Dumper, text: str) -> yaml.ScalarNode:
    block = "|" if "\n" in text or len(text) > LONG else None
    style = '"' if _FOLDED.search(text) else block
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def dumps(tree: object) -> str:
    """The tree as YAML, keys in the order given."""
    return yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def loads(text: str) -> Any:
    """The tree that a YAML text describes; tags that build Python objects are refused.

    Raises:
        ValueError: the text is not YAML; the message says where.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
