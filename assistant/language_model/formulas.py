"""What models put around words, taken off: emphasis, LaTeX, tags of templates, the label of a passage."""

from __future__ import annotations

import re

_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|`+")
# Tags that only wrap or break lines; of any other a claim is refused.
_TAGS = re.compile(
    r"</?(?:answer|final|response|output|result|p|br|b|i|u|em|strong|ul|ol|li|div|span|pre|code|summary|details"
    r"|h[1-6])\s*/?>|<\|[^|<>]{1,40}\|>|<｜[^｜<>]{1,40}｜>",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(\s*(?:\[\d+\])*)\s*[（(][^()（）]*›[^()（）]*[)）]\s*")
_SIGNS = {
    "geqslant": "≥", "leqslant": "≤", "geq": "≥", "ge": "≥", "leq": "≤", "le": "≤", "times": "×", "pm": "±",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "kappa": "κ", "lambda": "λ", "mu": "μ", "sim": "~",
    "approx": "约", "rightarrow": "→", "to": "→", "cdot": "·", "circ": "°", "gt": ">", "lt": "<",
}  # fmt: skip
_SIGN = re.compile(rf"\\({'|'.join(_SIGNS)})(?![A-Za-z])")
_WRAPPED = re.compile(r"\\(?:boxed|text(?:bf|it|rm)?|math(?:rm|bf|it)|operatorname)\s*\{([^{}]*)\}?")
_SPACING = re.compile(r"\\[,;:! ]|~(?=\\)")
_ESCAPED = re.compile(r"\\([%$_&#{}])")
_RAISED = re.compile(r"\^\{?(\d)\}?")
_LOWERED = re.compile(r"(?<=[A-Za-zα-ω])_\{?(\d)\}?")
_UNITS = str.maketrans("23", "²³")
_DOLLARS = re.compile(r"\\[()\[\]]|\$+")


def plain(text: str) -> str:
    """``text`` in plain characters.

    >>> plain(r"**$\\beta_2$-微球蛋白** $\\geq 5.5\\ \\text{mg/L}$")
    'β2-微球蛋白 ≥ 5.5 mg/L'
    """
    text = _LABEL.sub(r"\1", _TAGS.sub("", text)) if "<" in text or "›" in text else text
    text = _EMPHASIS.sub("", text)
    return _without_latex(text) if "\\" in text or "$" in text else text


def _without_latex(text: str) -> str:
    text = _LOWERED.sub(r"\1", _RAISED.sub(lambda m: m.group(1).translate(_UNITS), text))
    text = _SIGN.sub(lambda m: _SIGNS[m.group(1)], _SPACING.sub(" ", text))
    text = _WRAPPED.sub(r"\1", text)
    return _DOLLARS.sub("", _ESCAPED.sub(r"\1", text))
