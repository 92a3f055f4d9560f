"""How the command line shows help and wrong values: paragraphs that fill the terminal, one message without the machinery."""

import inspect
from typing import Any

import typer
from typer.core import TyperGroup

__all__ = ["FlowingGroup", "flowing"]

_MACHINERY = "Value error, "
"""What the library that checks values puts before its message."""


class FlowingGroup(TyperGroup):
    """A group whose commands' help does not keep the line breaks of the source code."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, its help as paragraphs."""
        found = super().get_command(ctx, cmd_name)
        if found is not None and found.help:
            found.help = flowing(found.help)
        return found

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a wrong value is said in our words."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix(_MACHINERY)
            raise


def flowing(text: str) -> str:
    """`text` with each paragraph on one line, for the terminal to break; indented lines, as of examples, stay."""
    lines: list[str] = []
    for line in inspect.cleandoc(text).split("\n"):
        joins = lines and lines[-1] and not lines[-1].startswith(" ") and line and not line.startswith(" ")
        if joins:
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return "\n".join(lines)
