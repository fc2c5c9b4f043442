"""Whom and what a text calls by which names, and the scores of that."""
