"""How much one source may cost: every ceiling of the loaders, in one place."""

__all__ = [
    "ADDRESS_SPACE_BYTES",
    "CPU_S",
    "DEADLINE_S",
    "DEEPEST_MARKUP",
    "LARGEST_FILE_BYTES",
    "LARGEST_INFLATED_BYTES",
    "LARGEST_TEXT_BYTES",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "MOST_ARTICLES",
    "MOST_ELEMENTS",
    "MOST_PAGES",
]

LARGEST_FILE_BYTES = 64 * 2**20
"""Of one file as it lies on disk; a PDF or DOCX is mostly pictures."""

LONGEST_TEXT = 4_000_000
"""Characters of one article: about 650,000 words, more than any report."""

LARGEST_TEXT_BYTES = 16 * 2**20
"""Of one file that is text throughout, markup included."""

LARGEST_INFLATED_BYTES = 64 * 2**20
"""Of the parts of an archive that are read, once unpacked."""

MOST_PAGES = 3_000
"""Of one PDF."""

MOST_ARTICLES = 2_000
"""Of one feed."""

DEEPEST_MARKUP = 400
"""Elements inside one another, in HTML or XML; pages written by people stay below 60."""

MOST_ELEMENTS = 200_000
"""Of one HTML page or XML part."""

LONGEST_NAME = 300
"""Characters of a title, author, site or id: what the published shapes allow."""

DEADLINE_S = 60.0
"""Of the process that parses one file, by the clock."""

CPU_S = 30
"""The same, of processor time."""

ADDRESS_SPACE_BYTES = 2**30
"""The same, of memory mapped; the interpreter and its libraries take about 50 MB of it."""
