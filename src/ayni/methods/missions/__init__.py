"""Missions: teams of offers from few provider countries, one offer for each quadrant that a demand asks for.

See docs/methods/missions.md.
"""
