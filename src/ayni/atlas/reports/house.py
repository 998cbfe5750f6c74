"""The house colours on paper (docs/design.md), and the tags that each language has in office formats."""

INK = "1A2329"
MUTED = "55606A"
HAIR = "DDD8CC"
ACCENT = "0D5563"
WARM = "9C3F16"
TINT = "F2EEE5"
TAGS = {"es": "es-ES", "pt": "pt-BR", "en": "en-GB", "fr": "fr-FR"}
