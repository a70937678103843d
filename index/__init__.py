"""Chunks → hits: lexical and dense retrieval, and the stored index.

from index import Index, build_index
build_index(directory, sources)
hits = Index.open(directory).search("R-ISS III 期的标准是什么？")
"""

from index.build import build_index
from index.checks import describe_index, verify_index
from index.errors import EmbedderUnavailable, IndexBusy, IndexMismatch, IndexMissing, IndexProblem
from index.manifest import stored_source_ids
from index.retrieval import Index
from index.types import BuildReport, Hit, IndexInfo, Progress, SourceInfo

__all__ = [
    "BuildReport",
    "EmbedderUnavailable",
    "Hit",
    "Index",
    "IndexBusy",
    "IndexInfo",
    "IndexMismatch",
    "IndexMissing",
    "IndexProblem",
    "Progress",
    "SourceInfo",
    "build_index",
    "describe_index",
    "stored_source_ids",
    "verify_index",
]
