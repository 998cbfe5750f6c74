"""What a finding says: a template and an advice in English, both ready for gettext, with ``%(name)s`` places for its values."""

Sentence = tuple[str, str]
