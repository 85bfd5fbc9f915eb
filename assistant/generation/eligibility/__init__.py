"""Whether a company may take part: the profile, the verdict per condition, and how it is told."""
