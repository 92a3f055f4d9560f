"""The PLOVER sector that the kind and the name of an organisation tell."""

import re

from summarizer.types import ActorKind
from summarizer.types.actors import Sector

__all__ = ["sector_of"]

_BY_KIND: dict[ActorKind, Sector] = {
    "state": "GOV",
    "government_body": "GOV",
    "armed_force": "MIL",
    "armed_group": "REB",
    "media": "JRN",
    "company": "BUS",
    "population": "CVL",
}
_BY_NAME: tuple[tuple[re.Pattern[str], Sector], ...] = (
    (re.compile(r"(?i)court|tribunal|judicia|prosecut|justice ministry"), "JUD"),
    (re.compile(r"(?i)parliament|congress|senate|duma|assembly|legislat|chamber|house of"), "LEG"),
    (re.compile(r"(?i)police|interior|gendarm|customs|law enforcement|investigat"), "COP"),
    (re.compile(r"(?i)intelligence|security service|spy"), "SPY"),
    (re.compile(r"(?i)party"), "PTY"),
    (re.compile(r"(?i)universit|school|institute|college|academy|cent(?:er|re)\b"), "EDU"),
    (re.compile(r"(?i)church|congregation|brotherhood"), "REL"),
)


def sector_of(kind: ActorKind | None, name: str) -> Sector | None:
    """The sector of an organisation; None for what PLOVER gives none, such as the United Nations."""
    if kind in ("government_body", "other"):
        by_name = next((sector for pattern, sector in _BY_NAME if pattern.search(name)), None)
        if by_name:
            return by_name
    return _BY_KIND.get(kind) if kind else None
