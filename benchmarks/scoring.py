"""The matching rules, which the evaluators' suite owns."""

from evals.matching import covered_at, evidence_ranks, hit_at, overlaps, says, says_all, share, unified

__all__ = ["covered_at", "evidence_ranks", "hit_at", "overlaps", "says", "says_all", "share", "unified"]
