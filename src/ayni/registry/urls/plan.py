from django.urls import path

from ayni.registry.views.plan import calendar, feeds, reading, writing

PLAN = "initiatives/<slug:code>/plan/"
ONE = f"{PLAN}<int:number>/"

urlpatterns = [
    path(PLAN, reading.plan, name="plan"),
    path(f"{PLAN}add/", writing.activity_add, name="activity_add"),
    path(f"{PLAN}calendar.ics", reading.plan_calendar, name="plan_calendar"),
    path(ONE, reading.activity, name="activity"),
    path(f"{ONE}edit/", writing.activity_edit, name="activity_edit"),
    path(f"{ONE}report/", writing.activity_report, name="activity_report"),
    path(f"{ONE}agree/<str:country>/", writing.activity_agree, name="activity_agree"),
    path(f"{ONE}step/<slug:step>/", writing.activity_step, name="activity_step"),
    path(f"{ONE}experts/book/", writing.expert_book, name="expert_book"),
    path(f"{ONE}experts/<int:pk>/release/", writing.expert_release, name="expert_release"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/month.ics", calendar.calendar_month, name="calendar_month"),
    path("calendar/feeds/", feeds.calendar_feeds, name="calendar_feeds"),
    path("calendar/feeds/<int:pk>/revoke/", feeds.calendar_feed_revoke, name="calendar_feed_revoke"),
    path("calendar/feed/<str:token>.ics", feeds.calendar_feed, name="calendar_feed"),
]
