"""Answers out of records: what is asked of them, which are meant, and how they are told."""
