"""Measuring: answers against questions with known gold, and retrieval alone. Used by two commands, by no answer."""
