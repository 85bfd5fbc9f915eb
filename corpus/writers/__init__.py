"""One writer per format: a text in, the bytes of its document out."""
