from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from ayni.common.views import pages

handler400 = "ayni.common.views.errors.bad_request"
handler500 = "ayni.common.views.errors.server_error"

urlpatterns = [
    path("", pages.root, name="root"),
    path("robots.txt", pages.robots, name="robots"),
    path("", include("ayni.interop.urls.api")),
    *i18n_patterns(
        path("", include("ayni.directory.urls.editing")),
        path("", include("ayni.atlas.urls")),
        path("", include("ayni.interop.urls")),
        path("", include("ayni.exchange.urls")),
        path("", include("ayni.learning.urls")),
        path("", include("ayni.registry.urls")),
        path("", include("ayni.surveys.urls")),
        path("", include("ayni.directory.urls")),
        path("", include("ayni.common.urls")),
        path("accounts/", include("ayni.accounts.urls")),
        path("accounts/", include("allauth.urls")),
    ),
]
