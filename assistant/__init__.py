"""Report Assistant: answers over Chinese city reports, every figure with its place in the print."""
