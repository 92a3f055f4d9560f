"""The second name an article gives right after a first: "(HRC)", ", or HRC,", ", also known as the Band"."""

import re

__all__ = ["name_after"]

_NAME = r"(?P<name>[A-Z][\w\u2019'&-]*(?:\s[A-Z][\w\u2019'&-]*){0,3})"
_IN_BRACKETS = re.compile(rf"(?:['\u2019]s?)?\s?[(\[](?:also known as |known as |or |the )*{_NAME}[)\]]")
_OTHERWISE = re.compile(
    rf",\s(?:also known as|better known as|known as|also called|known by its (?:[A-Za-z]+ )?(?:acronym|initials))\s(?:the\s)?{_NAME}"
)
_OR = re.compile(rf",\sor\s(?:the\s)?{_NAME}")


def name_after(text: str, end: int) -> tuple[str, ...]:
    """The other name given right after a name that ends at `end`; empty when there is none.

    Args:
        text: The article's text.
        end: One past the last character of the first name.
    """
    match = _IN_BRACKETS.match(text, end) or _OTHERWISE.match(text, end)
    if match is None:
        match = _OR.match(text, end)
        # ", or Moscow" is a choice between two; ", or HRC" is one by another name.
        if match and not match["name"][1:2].isupper() and not match["name"][-1:].isupper():
            return ()
    return (match["name"],) if match else ()
