from django.urls import path

from ayni.learning.views import lesson_uses, lesson_writing, lessons, products

INITIATIVE = "initiatives/<slug:code>/"
ONE = "lessons/<int:pk>/"

urlpatterns = [
    path("lessons/", lessons.lessons, name="lessons"),
    path(ONE, lessons.lesson, name="lesson"),
    path(f"{ONE}edit/", lesson_writing.lesson_edit, name="lesson_edit"),
    path(f"{ONE}agree/", lesson_writing.lesson_agree, name="lesson_agree"),
    path(f"{ONE}decline/", lesson_writing.lesson_decline, name="lesson_decline"),
    path(f"{ONE}step/<slug:step>/", lesson_writing.lesson_step, name="lesson_step"),
    path(f"{ONE}uses/add/", lesson_uses.lesson_use_add, name="lesson_use_add"),
    path(f"{ONE}uses/<int:use>/remove/", lesson_uses.lesson_use_remove, name="lesson_use_remove"),
    path(f"{ONE}uses/<int:use>/verify/", lesson_uses.lesson_use_verify, name="lesson_use_verify"),
    path(f"{INITIATIVE}lessons/", lessons.initiative_lessons, name="initiative_lessons"),
    path(f"{INITIATIVE}lessons/add/", lesson_writing.lesson_capture, name="lesson_capture"),
    path(f"{INITIATIVE}products/add/", products.product_add, name="product_add"),
    path("products/", products.products, name="products"),
    path("products/<int:pk>/edit/", products.product_edit, name="product_edit"),
    path("products/<int:pk>/remove/", products.product_remove, name="product_remove"),
]
