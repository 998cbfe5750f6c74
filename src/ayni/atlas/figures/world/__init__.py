"""Figures of the world's flows: drawn from an answer (queries/flows), as SVG of our own, in milliseconds."""

from ayni.atlas.figures.world.picture import FIGURES, WorldPicture, drawn, file_of, whole

__all__ = ["FIGURES", "WorldPicture", "drawn", "file_of", "whole"]
