from django.urls import path

from ayni.learning.views import obstacles

INITIATIVE = "initiatives/<slug:code>/"
ONE = "obstacles/<int:pk>/"

urlpatterns = [
    path("obstacles/", obstacles.obstacles, name="obstacles"),
    path("obstacles/add/", obstacles.obstacle_add, name="obstacle_add"),
    path(ONE, obstacles.obstacle, name="obstacle"),
    path(f"{ONE}edit/", obstacles.obstacle_edit, name="obstacle_edit"),
    path(f"{ONE}measure/", obstacles.obstacle_measure, name="obstacle_measure"),
    path(f"{ONE}remove/", obstacles.obstacle_remove, name="obstacle_remove"),
    path(f"{INITIATIVE}obstacles/", obstacles.initiative_obstacles, name="initiative_obstacles"),
    path(f"{INITIATIVE}obstacles/add/", obstacles.initiative_obstacle_add, name="initiative_obstacle_add"),
]
