from ayni.common.views.sheets import sheet_paths
from ayni.learning.views.sheets import lists

urlpatterns = [
    *sheet_paths(lists.LESSONS, files="lessons/export", load="lessons/import/"),
    *sheet_paths(lists.OBSTACLES, files="obstacles/export", load="obstacles/import/"),
]
