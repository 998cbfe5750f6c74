"""What is learned: evaluations, what lasts, obstacles, lessons and their use, joint products."""

from ayni.learning.models.evaluations import (
    LASTING,
    Answered,
    CheckMoment,
    Criterion,
    CriterionScore,
    Evaluation,
    EvaluationState,
    ManagementResponse,
    SustainabilityCheck,
    When,
)
from ayni.learning.models.lessons import (
    Lesson,
    LessonState,
    LessonUse,
    Product,
)
from ayni.learning.models.obstacles import (
    Obstacle,
    Worked,
)

__all__ = [
    "Answered",
    "CheckMoment",
    "Criterion",
    "CriterionScore",
    "Evaluation",
    "EvaluationState",
    "LASTING",
    "Lesson",
    "LessonState",
    "LessonUse",
    "ManagementResponse",
    "Obstacle",
    "Product",
    "SustainabilityCheck",
    "When",
    "Worked",
]
