"""promptfoo: the gold as a static configuration, whose assertions are regular expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evals.gold.questions import GoldQuestion


def write(questions: Sequence[GoldQuestion]) -> dict[str, object]:
    """A configuration (write it as YAML or JSON): each vital fact must match, nothing forbidden may.

    Only questions of one turn have a place in it. JavaScript knows no inline flags: matching ignores case.
    """
    tests = [
        {
            "description": q.id,
            "vars": {"question": q.turns[0]},
            "assert": [
                *(_matching("|".join(f"(?:{p.pattern})" for p in fact.patterns), True) for fact in q.facts
                  if fact.importance == "vital"),
                *(_matching(p.pattern, False) for p in q.forbidden),
            ],
        }
        for q in questions
        if len(q.turns) == 1
    ]  # fmt: skip
    return {"description": "gold questions", "prompts": ["{{question}}"], "tests": tests}


def _matching(pattern: str, wanted: bool) -> dict[str, object]:
    flags = "im" if "(?m)" in pattern else "i"
    # The whole expression ignores case; not every JavaScript knows a group that does.
    plain = pattern.replace("(?m)", "").replace("(?i:", "(?:")
    source = plain.replace("\\", "\\\\").replace("'", "\\'").replace("/", "\\/")
    code = f"new RegExp('{source}', '{flags}').test(output.normalize('NFKC'))"
    return {"type": "javascript", "value": code if wanted else f"!{code}"}


def read(config: Mapping[str, Any]) -> list[dict[str, object]]:
    """Questions of a configuration with ``contains``, ``icontains`` and ``regex`` assertions, as gold rows.

    Assertions of other types need a model or code and are left out.
    """
    rows = []
    for number, test in enumerate(config["tests"], 1):
        variables = test.get("vars", {})
        question = variables.get("question") or next(iter(variables.values()), "")
        facts, forbidden = [], []
        for assertion in test.get("assert", ()):
            kind, value = assertion["type"], assertion.get("value", "")
            pattern = value if kind.endswith("regex") else re.escape(str(value))
            if kind in ("not-contains", "not-icontains", "not-regex"):
                forbidden.append(pattern)
            elif kind in ("contains", "icontains", "regex"):
                facts.append({"any": [pattern], "importance": "vital", "note": str(value)})
        id_ = str(test.get("description") or f"test-{number}")
        chinese = any("\u3400" <= c <= "\u9fff" for c in question)
        rows.append({
            "id": id_, "split": "dev", "question": question, "lang": "zh" if chinese else "en",
            "audience": "clinician", "kind": "fact", "status": ["answered", "partial"], "facts": facts,
            "sections": [], "forbidden": forbidden, "source": "promptfoo",
        })  # fmt: skip
    return rows
