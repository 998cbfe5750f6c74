import subprocess
import sys

from tests.architecture.code import ROOT


def test_every_contract_is_kept():
    """The floors, the layers of each app, the framework-free methods: [tool.importlinter] in pyproject.toml."""
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    result = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
