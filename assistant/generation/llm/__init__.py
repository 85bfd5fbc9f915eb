"""Answers and records by a language model: the chain, its limits, its costs."""
