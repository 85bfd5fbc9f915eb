"""Measurements of the assistant on question sets, each rerun with one command."""
