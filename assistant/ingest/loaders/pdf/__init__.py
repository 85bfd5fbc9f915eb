"""PDF files: those with a text layer, and scanned pages through character recognition.

pdfium gives the text with a rectangle for every character; pypdf gives the title, the page labels and the outline.
"""

from assistant.ingest.loaders.pdf.loader import PdfLoader
from assistant.ingest.loaders.pdf.pdfium import render_page

__all__ = ["PdfLoader", "render_page"]
