"""News article in, typed and checkable briefing out."""
