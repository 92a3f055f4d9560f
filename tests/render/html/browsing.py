"""What the browser tests ask of an open page: what is lit, what can be seen, how text stands out."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["DESK", "TELEPHONE", "Open", "active", "background", "contrast", "is_in_view", "lit", "luminance"]

DESK = {"width": 1280, "height": 900}
TELEPHONE = {"width": 360, "height": 640}

Open = Callable[..., "Page"]
"""Opens HTML, with `at` for the fragment of the address and a browser context's own settings."""


def is_in_view(page: "Page", selector: str) -> bool:
    """Whether the first line of the element can be seen: inside the window, and not under anything else."""
    return page.evaluate(
        """(selector) => {
            const element = document.querySelector(selector);
            const box = element.getClientRects()[0];
            const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + box.height / 2];
            const top = document.elementFromPoint(x, y);
            return y > 0 && y < innerHeight && (element.contains(top) || top.contains(element));
        }""",
        selector,
    )


def lit(page: "Page") -> list[str]:
    return page.eval_on_selector_all(".lit", "found => found.map(element => element.id)")


def background(page: "Page", selector: str) -> str:
    return page.eval_on_selector(selector, "element => getComputedStyle(element).backgroundColor")


def active(page: "Page") -> str:
    return page.evaluate("document.activeElement.closest('[id]')?.id || ''")


def _channels(colour: str) -> list[float]:
    return [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
