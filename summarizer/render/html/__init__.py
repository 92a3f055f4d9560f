"""A note as one self-contained HTML page, for the screen, the phone and paper."""

from summarizer.render.html.page import note_to_html

__all__ = ["note_to_html"]
