"""The figures of an edition, drawn: `picture(atlas, "F4", lang="es")`."""

from ayni.atlas.figures.picture import CODES, Picture, picture
from ayni.atlas.figures.question import Question

__all__ = ["CODES", "Picture", "Question", "picture"]
