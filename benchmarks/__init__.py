"""Measurements of Annae, each one command: ``python -m benchmarks NAME``."""
