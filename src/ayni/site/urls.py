from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    *i18n_patterns(
        path("", include("ayni.atlas.urls")),
        path("", include("ayni.surveys.urls")),
        path("", include("ayni.directory.urls")),
        path("", include("ayni.common.urls")),
        path("accounts/", include("allauth.urls")),
    ),
]
