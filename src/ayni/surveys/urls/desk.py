from django.urls import path

from ayni.surveys.views import desk

urlpatterns = [path("desk/", desk.desk, name="desk")]
