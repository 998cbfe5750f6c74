"""The addresses of the atlas, a list for each subject."""

from ayni.atlas.urls import accounts, files, pictures, reading

urlpatterns = [*accounts.urlpatterns, *files.urlpatterns, *pictures.urlpatterns, *reading.urlpatterns]
