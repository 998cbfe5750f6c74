"""Which reports are of the same cooperation: blocking, pairs, a probability with its evidence, clusters.

See docs/methods/linkage.md.
"""
