"""What the built-in composer can answer, one file a kind of answer."""
