from django.urls import path

from ayni.registry.views.results import frames, indicators, measurements, pairs, reading

FRAME = "results/frames/<int:pk>/"
INDICATOR = "results/indicators/<int:pk>/"
PERIOD = "results/periods/<int:pk>/"

urlpatterns = [
    path("initiatives/<slug:code>/results/", reading.results, name="results"),
    path("initiatives/<slug:code>/results/open/", frames.frame_open, name="frame_open"),
    path("results/pairs/", pairs.pair_frames, name="pair_frames"),
    path("results/pairs/new/", pairs.pair_frame_new, name="pair_frame_new"),
    path("results/pairs/<str:first>-<str:second>/", pairs.pair_frame, name="pair_frame"),
    path(f"{FRAME}roll-up/", reading.roll_up, name="frame_roll_up"),
    path(f"{FRAME}parent/", frames.frame_parent, name="frame_parent"),
    path(f"{FRAME}let-go/", frames.frame_let_go, name="frame_let_go"),
    path(f"{FRAME}open-due/", frames.frame_open_due, name="frame_open_due"),
    path(f"{FRAME}add/", frames.result_add, name="result_add"),
    path("results/<int:pk>/edit/", frames.result_edit, name="result_edit"),
    path("results/<int:pk>/remove/", frames.result_remove, name="result_remove"),
    path("results/<int:pk>/indicators/add/", indicators.indicator_add, name="indicator_add"),
    path(INDICATOR, reading.indicator, name="indicator"),
    path(f"{INDICATOR}edit/", indicators.indicator_edit, name="indicator_edit"),
    path(f"{INDICATOR}remove/", indicators.indicator_remove, name="indicator_remove"),
    path(f"{INDICATOR}periods/add/", indicators.period_add, name="period_add"),
    path(f"{PERIOD}edit/", indicators.period_edit, name="period_edit"),
    path(f"{PERIOD}remove/", indicators.period_remove, name="period_remove"),
    path(f"{PERIOD}lock/", indicators.period_lock, name="period_lock"),
    path(f"{PERIOD}unlock/", indicators.period_unlock, name="period_unlock"),
    path(f"{PERIOD}measure/<str:code>/", measurements.measure, name="measure"),
    path("results/measurements/<int:pk>/", measurements.measurement, name="measurement"),
    path("results/measurements/<int:pk>/<slug:step>/", measurements.measurement_step, name="measurement_step"),
]
