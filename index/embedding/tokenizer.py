"""The tokenizer of the fitted model, expressed entirely as a Hugging Face ``tokenizer.json``.

Longest known piece first, over whole clauses, so that names of several words ("multiple myeloma",
"t(4;14)", 意义未明的单克隆免疫球蛋白病) are one token. Latin words are wrapped in ``▁`` so that "ras"
is not found inside "grass".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
_LATIN = "a-z0-9α-ω"
_HAN = "\\u3400-\\u9fff"
# Clauses are tokenised one by one: names do not cross these, and matching stays fast.
_CLAUSE = r"[,。、?!\n]+|[.;:] "
_LONGEST_CLAUSE = 100_000  # characters; WordPiece gives up on longer ones


def normalizer() -> normalizers.Normalizer:
    """NFKC, lower case, one hyphen, no space beside Chinese, ``▁`` at both ends of a Latin word."""
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex("[‐‑‒–—−]"), "-"),
            normalizers.Replace(Regex(r"[^\S\n]+"), " "),
            normalizers.Replace(Regex(f"(?<=[{_HAN}]) | (?=[{_HAN}])"), ""),
            normalizers.Replace(
                Regex(f"(?<![{_LATIN}])(?=[{_LATIN}])|(?<=[{_LATIN}])(?![{_LATIN}])"), "▁"
            ),
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
            pre_tokenizers.Split(Regex(f"[^{known}]+"), "removed"),
        ]
    )
    return tokenizer
