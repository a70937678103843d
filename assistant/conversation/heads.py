"""Names that leave out their head: "异体的呢" behind 自体移植."""

from __future__ import annotations

import re

from assistant.conversation.state import Past
from assistant.conversation.wording import read
from ingest.terminology import default_terminology

_HEADLESS = re.compile(
    r"(?P<name>[\u3400-\u9fff]{1,4}?)(?:的(?:那种|那个|那类|话)?|那种|那个|那类)(?=$|[^\s病人])"
)


def completed(core: str, last: Past) -> str:
    """A turn that leaves out the head of a name, with the head that the last question has.

    "异体的呢" behind 自体移植 is 异体移植呢, "活的那种" behind 流感疫苗 is 活疫苗.
    """
    match = _HEADLESS.match(core)
    if match is None:
        return core
    terminology = default_terminology()
    for mention in read(last.question).mentions:
        for size in range(2, len(mention.text)):
            whole = match["name"] + mention.text[-size:]
            if core[match.end() :].startswith(mention.text[-size]):
                continue  # the head is there, though spelt otherwise
            found = terminology.mentions(whole)
            if len(found) == 1 and len(found[0].text) == len(whole) and found[0].concept != mention.concept:
                return whole + core[match.end() :]
    return core
