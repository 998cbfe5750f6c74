"""The addresses of the atlas, a list for each subject."""

from ayni.atlas.urls import pictures

urlpatterns = [*pictures.urlpatterns]
