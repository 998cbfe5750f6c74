from ayni.common.views.sheets import sheet_paths
from ayni.registry.views.sheets import lists

urlpatterns = [
    *sheet_paths(lists.INITIATIVES, files="initiatives/export", load="initiatives/import/"),
    *sheet_paths(lists.PARTICIPATIONS, files="initiatives/participations", load="initiatives/participations/import/"),
    *sheet_paths(lists.ACTIVITIES, files="initiatives/activities", load="initiatives/activities/import/"),
    *sheet_paths(lists.CONTRIBUTIONS, files="initiatives/contributions", load="initiatives/contributions/import/"),
    *sheet_paths(lists.INDICATORS, files="initiatives/indicators", load="initiatives/indicators/import/"),
    *sheet_paths(lists.MEASUREMENTS, files="initiatives/measurements", load="initiatives/measurements/import/"),
    *sheet_paths(lists.AGREEMENTS, files="agreements/export", load="agreements/import/"),
]
