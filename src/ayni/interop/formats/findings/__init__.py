"""Findings of the IATI engine in the language of their reader: the engine gives keys and values, here are the sentences."""
