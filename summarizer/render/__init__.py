"""Briefings as documents: one module a format, and the cleaning that all of them share."""
