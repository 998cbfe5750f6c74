"""A real Spark of one master and two workers on this machine, held to DuckDB and plain Python by `spark_connect`; stopped at the end.

    .venv/bin/python -m pip install --no-deps --require-hashes --target .spark -r requirements/spark.txt
    .venv/bin/python -m pip install --no-deps --require-hashes --target .cluster -r requirements/cluster.txt
    PYTHONPATH=src:.spark .venv/bin/python -m tests.verification.spark_cluster .cluster/pyspark

Java 17 or 21 has to be there. Ends with the number of answers that differ, or with 1 where a worker did no work.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.verification.spark_connect import compare

HOST = "127.0.0.1"
WORKERS = 2
MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
CONNECT = "org.apache.spark.sql.connect.service.SparkConnectServer"
PATIENCE = 120.0


class Cluster:
    """The processes of a Spark installed in a folder, with their journals in another."""

    def __init__(self, home: Path, journals: Path) -> None:
        self._home = home.resolve()
        self._journals = journals
        self._running: list[subprocess.Popen[bytes]] = []
        self._port, self._page, self._connect = free_ports(3)

    @property
    def address(self) -> str:
        return f"sc://{HOST}:{self._connect}"

    def start(self) -> None:
        """Return when both workers have an executor for the Connect server. Raises TimeoutError, with the journals kept."""
        master = f"spark://{HOST}:{self._port}"
        self._run("master", "spark-class", MASTER, "--host", HOST, "--port", self._port, "--webui-port", self._page)
        self._wait("the master", lambda: self.state() is not None)
        for number in range(1, WORKERS + 1):
            work = self._journals / f"work-{number}"
            self._run(
                f"worker-{number}", "spark-class", WORKER, "--host", HOST, "--cores", 1, "--memory", "1g",
                "--webui-port", 0, "--work-dir", work, master,
            )  # fmt: skip
        self._wait("two workers", lambda: len(self._workers("ALIVE")) == WORKERS)
        settings = {
            "spark.connect.grpc.binding.port": self._connect,
            "spark.driver.host": HOST,
            "spark.executor.memory": "512m",
            "spark.sql.shuffle.partitions": 4,
            "spark.ui.enabled": "false",
        }
        said = [f"--conf={key}={value}" for key, value in settings.items()]
        self._run("connect", "spark-submit", "--master", master, *said, "--class", CONNECT, "spark-internal")
        self._wait("the Connect server", lambda: answers(self._connect) and self.busy() == WORKERS)

    def state(self) -> Any:
        """What the master says of itself; None while it does not answer."""
        with contextlib.suppress(OSError), urlopen(f"http://{HOST}:{self._page}/json/", timeout=5) as answer:
            return json.load(answer)
        return None

    def busy(self) -> int:
        """How many workers lend a core to the Connect server."""
        return sum(worker["coresused"] > 0 for worker in self._workers("ALIVE"))

    def tasks(self) -> dict[str, int]:
        """By worker, how many tasks its executor says in its journal that it finished."""
        return {
            work.name: sum(path.read_text("utf-8").count(" Finished task ") for path in work.rglob("stderr"))
            for work in sorted(self._journals.glob("work-*"))
        }

    def stop(self) -> None:
        for process in reversed(self._running):
            process.terminate()
        for process in self._running:
            process.wait(30)

    def _workers(self, state: str) -> list[Any]:
        said = self.state()
        return [worker for worker in said["workers"] if worker["state"] == state] if said else []

    def _run(self, name: str, command: str, *arguments: object) -> None:
        with (self._journals / f"{name}.log").open("wb") as journal:
            self._running.append(
                subprocess.Popen(
                    [self._home / "bin" / command, *map(str, arguments)],
                    stdout=journal,
                    stderr=subprocess.STDOUT,
                    env={**os.environ, "SPARK_HOME": str(self._home), "SPARK_LOCAL_IP": HOST},
                )
            )

    def _wait(self, whom: str, there: Any) -> None:
        end = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > end or any(process.poll() is not None for process in self._running):
                raise TimeoutError(f"{whom} did not come: see the journals in {self._journals}")
            time.sleep(0.5)


def free_ports(count: int) -> list[int]:
    """So many ports that nobody listens on."""
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(socket.socket()) for _port in range(count)]
        for each in found:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in found]


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


@contextlib.contextmanager
def cluster(home: Path) -> Iterator[Cluster]:
    made = Cluster(home, Path(tempfile.mkdtemp(prefix="ayni-spark-")))
    try:
        made.start()
        yield made
    finally:
        made.stop()


def main() -> int:
    with cluster(Path(sys.argv[1])) as spark:
        different = compare(spark.address)
        tasks = spark.tasks()
    print(f"tasks: {', '.join(f'{name} {count}' for name, count in tasks.items())}")
    return len(different) or int(len(tasks) < WORKERS or not all(tasks.values()))


if __name__ == "__main__":
    sys.exit(main())
