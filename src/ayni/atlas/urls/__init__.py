"""The addresses of the atlas, a list for each subject."""

from ayni.atlas.urls import files, pictures, reading

urlpatterns = [*files.urlpatterns, *pictures.urlpatterns, *reading.urlpatterns]
