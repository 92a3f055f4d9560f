"""Language tags: checked, spelled one way, and named for prompts and readers."""

import importlib
import re
from functools import cache
from typing import Any

from summarizer.errors import SettingsError

__all__ = ["base_of", "checked_tag", "is_english", "language_name", "same_language", "wide_script"]

ENGLISH = "en"

_TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|\d{3}))?"
)
_WIDE = frozenset({"ja", "ko", "zh"})
_EXAMPLES = "Give a BCP 47 tag, such as en, fr, es, de, ru, uk, ar, zh or pt-BR."


@cache
def checked_tag(text: str) -> str:
    """A language tag (BCP 47: language, script, region) as it is usually spelled, such as `fr` or `zh-Hant`.

    Raises:
        SettingsError: it is no such tag, or its language, script or region does not exist (ISO 639, 15924, 3166).
    """
    if text == ENGLISH:
        return text
    found = _TAG.fullmatch(text.strip())
    if found is None:
        raise _unknown(text)
    language, script, region = _language(found["language"]), found["script"], found["region"]
    if language is None or (script and _script(script) is None):
        raise _unknown(text)
    if region and not region.isdigit() and _region(region) is None:
        raise _unknown(text)
    parts = (
        str(getattr(language, "alpha_2", None) or language.alpha_3),
        (script or "").title(),
        (region or "").upper(),
    )
    return "-".join(part for part in parts if part)


def base_of(tag: str | None) -> str:
    """The language alone, without script and region; English where nobody knows."""
    return (tag or ENGLISH).split("-")[0].lower()


def is_english(tag: str | None) -> bool:
    """Whether the rules and tables of this program can read it; a text of no known language is taken for English."""
    return base_of(tag) == ENGLISH


def same_language(one: str | None, other: str | None) -> bool:
    """Whether two tags are of one language, whatever the region."""
    return base_of(one) == base_of(other)


def wide_script(tag: str | None) -> bool:
    """Whether one character of it says about as much as three of an alphabet."""
    return base_of(tag) in _WIDE


def language_name(tag: str | None) -> str:
    """Its English name, such as `French` or `Portuguese (Brazil)`; the tag itself where no table has it."""
    if is_english(tag) and "-" not in (tag or ""):
        return "English"
    found = _TAG.fullmatch(tag or "")
    language = _language(found["language"]) if found else None
    if found is None or language is None:
        return tag or ENGLISH
    name = re.sub(r"^Modern | \(.*", "", str(language.name))
    script = _script(found["script"]) if found["script"] else None
    region = _region(found["region"]) if found["region"] else None
    more = [str(part.name) for part in (script, region) if part is not None]
    return f"{name} ({', '.join(more)})" if more else name


def _table(name: str) -> Any:
    """One of pycountry's, which have no types; imported only where a tag is not plain English."""
    return getattr(importlib.import_module("pycountry"), name)


def _language(code: str) -> Any:
    languages = _table("languages")
    code = code.lower()
    return languages.get(alpha_2=code) if len(code) == 2 else languages.get(alpha_3=code)  # noqa: PLR2004 - ISO 639-1


def _script(code: str) -> Any:
    return _table("scripts").get(alpha_4=code.title())


def _region(code: str) -> Any:
    return _table("countries").get(alpha_2=code.upper())


def _unknown(text: str) -> SettingsError:
    named = _table("languages").get(name=text.strip().title())
    if named is not None:
        code = getattr(named, "alpha_2", None) or named.alpha_3
        return SettingsError(f"{text!r} is no language tag.", hint=f"For {named.name} write {code}.")
    return SettingsError(f"{text!r} is no language tag.", hint=_EXAMPLES)
