"""The tokenizer of the fitted model, expressed entirely as a Hugging Face ``tokenizer.json``.

Longest known piece first, over whole clauses, so that names of several words ("multiple myeloma",
"t(4;14)", 意义未明的单克隆免疫球蛋白病) are one token. Latin words lose their endings and are wrapped
in ``▁``, so that "relapses" is "relapsed" and "ras" is not found inside "grass".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
_LATIN = "a-z0-9α-ω"
_HAN = "\\u3400-\\u9fff"
# English endings, cut in this order from words of a certain length. Names in the vocabulary are cut
# in the same way, so it does not matter that a stem is often no word.
_ENDINGS = (
    ("(?<=[a-z]{2})ies▁", "y▁"),
    ("(?<=[a-z]ss)es▁", "▁"),
    ("(?<=[a-z]{2}[b-hj-rtv-z])s▁", "▁"),  # after a consonant or e: not virus, diagnosis, loss, gas
    ("(?<=[a-z]{4})(?:ing|ed)▁", "▁"),
    ("(?<=[a-z]{4})e▁", "▁"),
)
# Clauses are tokenised one by one: names do not cross these, and matching stays fast.
_CLAUSE = r"[,。、?!\n]+|[.;:] "
# Characters; matching is quadratic in a clause, so one without punctuation is cut.
_LONGEST_CLAUSE = 200


def normalizer() -> normalizers.Normalizer:
    """NFKC, lower case, no space beside Chinese or a hyphen, stems of Latin words between ``▁``."""
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex("[‐‑‒–—−]"), "-"),
            normalizers.Replace(Regex(r"[^\S\n]+"), " "),
            normalizers.Replace(Regex(f"(?<=[-{_HAN}]) | (?=[-{_HAN}])"), ""),
            normalizers.Replace(Regex(f"(?<![{_LATIN}])(?=[{_LATIN}])|(?<=[{_LATIN}])(?![{_LATIN}])"), "▁"),
            *(normalizers.Replace(Regex(ending), stem) for ending, stem in _ENDINGS),
        ]
    )


def build_tokenizer(pieces: Sequence[str]) -> Tokenizer:
    """A tokenizer whose token i + 1 is ``pieces[i]``; token 0 is the unknown one.

    ``pieces`` are normalised and without repeats. Characters that are no piece of their own are
    skipped; a piece must therefore consist of characters that are pieces.
    """
    vocabulary = {UNKNOWN: 0} | {piece: i for i, piece in enumerate(pieces, 1)}
    model = models.WordPiece(
        vocabulary,
        unk_token=UNKNOWN,
        max_input_chars_per_word=_LONGEST_CLAUSE,
        continuing_subword_prefix="",
    )
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizer()
    known = "".join(re.escape(piece) for piece in pieces if len(piece) == 1)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_CLAUSE), "removed"),
            pre_tokenizers.Split(Regex(f".{{1,{_LONGEST_CLAUSE}}}"), "isolated"),
            pre_tokenizers.Split(Regex(f"[^{known}]+"), "removed"),
        ]
    )
    return tokenizer
