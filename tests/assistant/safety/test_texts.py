"""What an alarm says, and where its rules come from."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from assistant.safety.alarm_text import alarm_text
from assistant.safety.lexicon import red, words
from assistant.safety.types import Alarm
from assistant.types import Audience, Language
from tests.rows import every_row

_DATA: dict[str, Any] = tomllib.loads(
    (files("assistant.safety") / "data" / "red_flags.toml").read_text("utf-8")
)


@every_row("audience", ["patient", "clinician"])
@every_row("language", ["zh", "en"])
@every_row("flag", red().flags, ids=lambda flag: flag.id)
def test_the_first_sentences_say_how_urgent_and_whom_to_call(
    flag: Any, language: Language, audience: Audience
) -> None:
    for level in {level for level, _ in flag.when}:
        for speaker in ("lay", "clinician"):
            text = alarm_text((Alarm(flag.id, level, (), speaker),), language, audience)
            opening = text.split("\n\n")[0]
            assert opening.startswith("⚠ ")
            assert "120" in opening
            if language == "en":
                assert "911" in opening
            assert "{" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_relatives_are_not_told_what_a_ward_does(language: Language) -> None:
    lay = alarm_text((Alarm("fever", "now", (), "lay"),), language, "clinician")
    ward = alarm_text((Alarm("fever", "now", (), "clinician"),), language, "clinician")
    assert red().texts[language]["tell"] in lay
    assert red().texts[language]["tell"] not in ward


def test_no_drug_is_dosed() -> None:
    says = "".join(text for flag in red().flags for text in flag.texts.values())
    assert not re.search(r"\d\s*(?:mg|g|片|毫克|ml)(?![a-z])", says)


def test_every_rule_has_a_source() -> None:
    assert _DATA["reviewed_by"] == "not yet reviewed by a clinician"
    for flag in _DATA["flags"]:
        assert flag["source"], flag["id"]
        assert set(flag["source"]) <= set(_DATA["sources"])


def test_rules_and_signs_name_what_there_is() -> None:
    measured = {"temp_high", "temp_low", "oxygen_low", "shock", "platelets_few", "urine_low"}
    measured |= {"potassium_high", "calcium_value", "glucose_high"}
    raw = tomllib.loads((files("assistant.safety") / "data" / "words.toml").read_text("utf-8"))
    families = set(raw["word"]) | measured
    for name, forms in red().signs.items():
        for form in forms:
            assert set(form.families) <= families, name
            assert not form.without or form.without in families
    used = {sign for flag in red().flags for _, signs in flag.when for sign in signs}
    assert used <= set(red().signs)
    assert words().read("发烧")[0].family == "fever"
