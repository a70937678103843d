"""What ``myeloma ingest`` and ``myeloma index info`` print."""

from __future__ import annotations

from pathlib import Path

from index import BuildReport, IndexInfo
from ingest.errata import errata_register
from ingest.types import Source


def ingest_report(sources: list[Source], build: BuildReport, directory: Path) -> str:
    """Sections, passages, tables, references, cleaning, repairs, errata and detector findings."""
    lines: list[str] = []
    for source in sources:
        references = {(r.number, r.text) for s in source.sections for r in s.references}
        lines += [
            f"{source.id}: {source.title}" + (f" (reviewed {source.reviewed})" if source.reviewed else ""),
            f"  {len(source.sections)} sections, {len(source.passages)} passages,"
            f" {len(source.tables)} tables, {len(references)} references",
        ]
        if source.rules:
            lines.append("  cleaned: " + ", ".join(f"{r.rule} {r.count}" for r in source.rules))
        for repair in source.repairs:
            verb = "repaired" if repair.proven else "damaged, not repaired"
            lines.append(f"  {verb}: {repair.before!r} -> {repair.after!r} ({repair.evidence})")
        ids = dict.fromkeys(id_ for p in source.passages for id_ in p.errata)
        if ids:
            lines.append(f"  known errors in this text: {len(ids)}")
            lines += [
                f"    {i}: {errata_register()[i].right}"
                for i in ids
                if errata_register()[i].severity == "clinical"
            ]
        lines += [
            f"  noticed: {f.detector}: {source.text[f.start : f.end]!r} ({f.message})"
            for f in source.findings
        ]
    lines.append(
        f"{directory}: {build.sources} sources, {build.passages} passages, {build.chunks} chunks"
        f" ({build.embedded} embedded, {build.reused} reused), embedder {build.embedder}"
    )
    return "\n".join(lines)


def index_report(info: IndexInfo) -> str:
    """A stored index in a few lines."""
    lines = [
        f"{info.directory} ({info.size / 1e6:.1f} MB, generation {info.generation})",
        f"embedder {info.embedder} (dim {info.dim}, {info.embedder_fingerprint[:12]}),"
        f" sentence model {info.sentence_model or 'none'},"
        f" tokenizer {info.tokenizer}, schema {info.schema}, {info.terms} terms",
    ]
    for source in info.sources:
        reviewed = f", reviewed {source.reviewed}" if source.reviewed else ""
        lines.append(
            f"  {source.id}: {source.title} ({source.language}, {source.audience}{reviewed};"
            f" {source.passages} passages, {source.chunks} chunks)"
        )
    return "\n".join(lines)
