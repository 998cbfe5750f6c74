from django.urls import path

from ayni.directory import views

urlpatterns = [path("countries/", views.countries, name="countries")]
