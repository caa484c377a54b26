"""Which figure or sentence of a report a question is about, and whether it is what was asked."""
