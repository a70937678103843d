"""A conversation as a file: Markdown, HTML, DOCX, or the answer records as JSON."""

from ui.export.formats import FORMATS, Format, exported

__all__ = ["FORMATS", "Format", "exported"]
