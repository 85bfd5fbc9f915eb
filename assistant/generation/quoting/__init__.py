"""Answers in quotations: clauses, which of them answer, whether they do at all, and how they are said."""
