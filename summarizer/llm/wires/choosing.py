"""Which wire protocol a provider is spoken to in."""

from summarizer.errors import SettingsError
from summarizer.llm.providers import Provider
from summarizer.llm.wires.base import Wire

__all__ = ["wire_for"]


def wire_for(provider: Provider) -> type[Wire]:
    """The wire that a provider speaks; made with the provider, its key and an HTTP client.

    Raises:
        SettingsError: the optional part of this package that it needs is not installed.
    """
    if provider.wire == "openai":
        from summarizer.llm.wires.openai_chat import OpenAIChat

        return OpenAIChat
    try:
        from summarizer.llm.wires.anthropic_messages import AnthropicMessages
    except ImportError as error:
        raise SettingsError(
            f"{provider.name} needs a package that is not installed: {error.name}",
            hint=f"pip install 'summarizer[{provider.extra}]'",
        ) from None
    return AnthropicMessages
