"""The International Aid Transparency Initiative's standard: reading, judging and writing its files, without a framework."""
