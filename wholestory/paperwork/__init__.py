"""Forms as data: definitions, drafts, answers, print."""
