"""A bar on the terminal (standard error) for work whose share done is known; nothing where nobody looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def progress(label: str) -> Iterator[Callable[[float], None]]:
    """Gives a function that is told how much is done, 0 to 1."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label.replace("[", "("), total=1.0)
        yield lambda done: bar.update(task, completed=done)
