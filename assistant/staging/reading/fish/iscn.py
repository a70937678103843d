"""FISH results in ISCN notation, put into words: "nuc ish(TP53x1,D17Z1x2)[120/200]" is a TP53 loss in 60 %.

ISCN writes how many signals of each probe a cell has, in brackets the cells with that pattern out of those
counted (International System for Human Cytogenomic Nomenclature 2020, chapter on in situ hybridization).
Only the probes that a staging system counts are put into words; anything else is left as it stands.
"""

from __future__ import annotations

import re

_CELLS = r"(?:\s?\[\s?(?P<cells>\d+)(?:\s?/\s?(?P<of>\d+))?\s?\])?"
_SIGNALS = r"\s?[x×*]\s?(?P<n>\d)(?:\s?[~-]\s?\d)?"
_FORMULA = re.compile(
    r"(?<![a-z])(?:nuc\s?ish\s?)?\((?P<probes>[^()\[\]]{3,60})\)"
    r"(?:\s?[x×*]\s?(?P<all>\d)(?:\s?[~-]\s?\d)?)?"
    r"(?:\s?\((?P<fused>[^()]*?\bcon\b[^()]*)\))?" + _CELLS,
    re.IGNORECASE,
)
_PROBE = re.compile(rf"(?P<name>[a-z][a-z0-9]*?)(?:{_SIGNALS})?\s*(?=[,;/]|$)", re.IGNORECASE)
_LOCI = {"TP53": "17p缺失", "P53": "17p缺失", "CKS1B": "1q21扩增", "RB1": "13q缺失", "D13S319": "13q缺失"}
_PARTNERS = {
    "FGFR3": "t(4;14)",
    "NSD2": "t(4;14)",
    "MAF": "t(14;16)",
    "MAFB": "t(14;20)",
    "CCND1": "t(11;14)",
    "CCND3": "t(6;14)",
}


def in_words(text: str, places: list[int]) -> tuple[str, list[int]]:
    """The text with such formulas in words, and the place of each of its characters."""
    parts: list[str] = []
    found: list[int] = []
    done = 0
    for match in _FORMULA.finditer(text):
        said = _said(match)
        if not said:
            continue
        start, end = match.span()
        parts += [text[done:start], said]
        found += places[done:start]
        found += [places[start]] * (len(said) - 1) + [places[end - 1]]
        done = end
    return "".join([*parts, text[done:]]), [*found, *places[done:]]


def _said(match: re.Match[str]) -> str:
    probes = [(m["name"].upper(), m["n"] or match["all"]) for m in _PROBE.finditer(match["probes"])]
    if not probes or any(signals is None for _, signals in probes):
        return ""
    counts = {name: int(signals) for name, signals in probes}
    share = ""
    if match["of"] and int(match["of"]):
        share = f" {100 * int(match['cells']) / int(match['of']):.3g}%"
    told = [
        f"{what}{share}" if (counts[name] < 2 if what != "1q21扩增" else counts[name] > 2) else f"{what}阴性"
        for name, what in _LOCI.items()
        if name in counts
    ]
    if "IGH" in counts:
        fused = match["fused"]
        apart = set(counts.values()) == {2} and not fused
        told += [
            f"{what}{share or '阳性'}" if fused else f"{what}阴性" if apart else f"{what}不详"
            for name, what in _PARTNERS.items()
            if name in counts
        ]
    return f"¦{'¦'.join(told)};" if told else ""
