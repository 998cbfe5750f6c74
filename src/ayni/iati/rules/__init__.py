"""Rulesets: the standard's language for what a schema cannot say, and the engine that judges by it."""
