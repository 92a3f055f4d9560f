"""How the tests of cassettes ask a model: through the clients that the product and its users have."""

import asyncio
from pathlib import Path

import httpx2
import instructor
import openai
from pydantic import BaseModel

__all__ = ["GONE", "KEY", "Facts", "ask", "ask_and_fail", "fill_in"]

GONE = "http://127.0.0.1:9/v1"
"""Nothing listens here, and the guard against network use would object if anything tried."""

KEY = "sk-" + "abcdefgh12345678"


class Facts(BaseModel):
    """What the fake model is asked for."""

    number: int


async def ask(origin: str, *questions: str, uds: Path | None = None) -> list[str | None]:
    """Ask all questions at once, as the product does."""
    # No certificate is ever looked at here, and reading the list of authorities takes longer than the rest.
    transport = httpx2.AsyncHTTPTransport(uds=str(uds) if uds else None, verify=False)
    async with openai.AsyncOpenAI(
        api_key=KEY, base_url=origin, max_retries=0, http_client=httpx2.AsyncClient(transport=transport)
    ) as client:

        async def one(question: str) -> str | None:
            reply = await client.chat.completions.create(
                model="fake", messages=[{"role": "user", "content": question}]
            )
            return reply.choices[0].message.content

        return await asyncio.gather(*map(one, questions))


async def fill_in(origin: str, question: str) -> Facts:
    """Ask for facts through Instructor, which asks again when they do not validate."""
    async with openai.AsyncOpenAI(api_key=KEY, base_url=origin, max_retries=0) as client:
        filled = await instructor.from_openai(
            client, mode=instructor.Mode.JSON_SCHEMA
        ).chat.completions.create(
            model="fake",
            response_model=Facts,
            max_retries=1,
            messages=[{"role": "user", "content": question}],
        )
    return Facts(number=filled.number)


async def ask_and_fail(origin: str, failure: type[BaseException]) -> None:
    """Ask one question, then fail for a reason of one's own."""
    await ask(origin, "first?")
    raise failure
