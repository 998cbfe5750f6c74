"""The addresses of the atlas, a list for each subject."""

from ayni.atlas.urls import accounts, files, flows, pictures, reading

urlpatterns = [
    *accounts.urlpatterns,
    *files.urlpatterns,
    *flows.urlpatterns,
    *pictures.urlpatterns,
    *reading.urlpatterns,
]
