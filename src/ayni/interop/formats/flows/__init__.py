"""Files of flows as others publish them: CRS, DAC2a, TOSSD, and the IATI Datastore's JSON."""
