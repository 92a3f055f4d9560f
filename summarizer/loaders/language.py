"""Which language a text is in."""

import importlib
from functools import lru_cache
from typing import Any

__all__ = ["language_of"]

SAMPLE = 10_000
"""Characters looked at: what the detector itself reads."""

SURE = 0.8
"""Less than this is no answer."""

_TAGS = {"zh-cn": "zh", "zh-tw": "zh"}
"""The detector tells two scripts apart and calls them countries."""

_detectors: list[Any] = []


def language_of(text: str) -> str | None:
    """Its BCP 47 tag, None when no language is clearly ahead; "en" where the detector is not installed.

    The same text gives the same tag every time.
    """
    try:
        _factory()
    except ModuleNotFoundError:
        return "en"  # what every article was taken for before languages were told apart
    return _language_of(text[:SAMPLE])


@lru_cache(maxsize=64)  # it takes 5 ms, and one article is often looked at more than once
def _language_of(sample: str) -> str | None:
    detector = _factory().create()
    detector.seed = 0  # ours alone; the class's own seed belongs to whoever else uses the library
    detector.append(sample.lower() if sample.isupper() else sample)
    try:
        ranked = detector.get_probabilities()
    except importlib.import_module(
        "langdetect.lang_detect_exception"
    ).LangDetectException:  # figures and signs only
        return None
    if not ranked or ranked[0].prob < SURE:
        return None
    return _TAGS.get(ranked[0].lang, ranked[0].lang)


def _factory() -> Any:
    if not _detectors:
        library: Any = importlib.import_module("langdetect.detector_factory")
        factory = library.DetectorFactory()
        factory.load_profile(library.PROFILES_DIRECTORY)
        _detectors.append(factory)
    return _detectors[0]
