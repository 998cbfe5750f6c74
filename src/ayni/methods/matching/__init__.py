"""Matches: how well an offer answers a demand, criterion by criterion, with what is not known left open. See docs/methods/matching.md."""
