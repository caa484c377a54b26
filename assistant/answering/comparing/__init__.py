"""Comparisons of cities: rows, cells, rankings, caveats, and the words around them."""
