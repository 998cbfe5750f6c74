"""What the API says when it cannot answer."""

from typing import Any


class ApiError(Exception):
    """A problem (RFC 9457): `status` is HTTP's, `errors` {parameter: what is wrong with it}."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.title = str(problem.get("title", ""))
        self.detail = str(problem.get("detail", ""))
        self.errors = {str(one["name"]): str(one["message"]) for one in problem.get("errors", [])}
        told = "; ".join(f"{name}: {message}" for name, message in self.errors.items())
        super().__init__(" ".join(part for part in (f"{status} {self.title}.", self.detail, told) if part))
