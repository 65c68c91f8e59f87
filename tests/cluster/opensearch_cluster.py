"""A real OpenSearch cluster on this machine, one JVM a node, from jars that Maven fetches.

    python tests/cluster/opensearch_cluster.py [--nodes 3] [--port 9201] [--heap 768m]    until Ctrl-C

Needs Java 21 or newer and, the first time, Maven. Tests use the class; nothing but the processes it starts is ever ended.
"""

from __future__ import annotations

import argparse
import contextlib
import glob
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
JARS = HERE.parents[1] / ".cache" / "opensearch"
_OLDEST_JAVA = 21
_START_SECONDS = 300
_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"


class Unavailable(Exception):
    """This machine cannot run OpenSearch; the message says what to install."""


class Cluster:
    """Nodes on loopback. `hosts` are the HTTP addresses; a node is named by its number from 0."""

    def __init__(self, folder: Path, nodes: int = 3, port: int = 0, heap: str = "768m") -> None:
        self.heap = heap
        self.java = find_java()
        fetch_jars()
        self.folder = folder
        free = free_ports(2 * nodes)
        self.http = list(range(port, port + nodes)) if port else free[:nodes]
        self.transport = free[nodes:]
        self.hosts = tuple(f"http://127.0.0.1:{http}" for http in self.http)
        self.processes: dict[int, subprocess.Popen[bytes]] = {}

    def start(self) -> Cluster:
        for number in range(len(self.http)):
            self.start_node(number)
        self.wait()
        return self

    def start_node(self, number: int) -> None:
        """Start one node on its data, which it keeps between starts."""
        home = self.folder / f"node-{number}"
        home.mkdir(parents=True, exist_ok=True)
        flags = [
            f"-Xms{self.heap}",
            f"-Xmx{self.heap}",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
        ]
        flags += ["--add-modules", "jdk.incubator.vector"]
        if java_version(self.java) >= 23:
            flags.append("--sun-misc-unsafe-memory-access=allow")
        program = [str(HERE / "OsNode.java"), str(home), str(number), str(self.http[number]), ",".join(map(str, self.transport))]
        with (self.folder / f"node-{number}.log").open("ab") as log:
            command = [self.java, *flags, "-cp", f"{JARS}/*", *program]
            self.processes[number] = subprocess.Popen(command, stdout=log, stderr=log, cwd=home)

    def kill(self, number: int) -> None:
        """End a node as a power cut would."""
        process = self.processes.pop(number)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def revive(self) -> None:
        """Start the nodes that do not run, and wait for all."""
        for number in range(len(self.http)):
            if number not in self.processes:
                self.start_node(number)
        self.wait()

    def pause(self, number: int) -> None:
        """A node that is there and answers nobody, as when its network is cut."""
        self.processes[number].send_signal(signal.SIGSTOP)

    def resume(self, number: int) -> None:
        self.processes[number].send_signal(signal.SIGCONT)

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

    def wait(self, status: str = "yellow") -> None:
        """Until all nodes that run have joined, and all shards are as good as `status`."""
        wanted = len(self.processes)
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            for number, process in list(self.processes.items()):
                if process.poll() is not None:
                    log = (self.folder / f"node-{number}.log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"node {number} ended with exit code {process.returncode}:\n{log}")
                with contextlib.suppress(OSError, ValueError):
                    asked = f"{self.hosts[number]}/_cluster/health?wait_for_status={status}&wait_for_nodes={wanted}&timeout=5s"
                    with urllib.request.urlopen(asked, timeout=10) as answer:
                        health = json.load(answer)
                    if not health["timed_out"] and health["number_of_nodes"] == wanted:
                        return
            time.sleep(0.3)
        raise TimeoutError(f"{wanted} nodes were not {status} within {_START_SECONDS} seconds; see {self.folder}/node-*.log")


def find_java() -> str:
    """A Java that is new enough."""
    homes = [os.environ.get("JAVA_HOME", ""), *sorted(glob.glob("/usr/lib/jvm/*"), reverse=True)]
    found = [str(Path(home) / "bin" / "java") for home in homes if home] + [shutil.which("java") or ""]
    usable = [java for java in found if java and Path(java).exists() and java_version(java) >= _OLDEST_JAVA]
    if not usable:
        raise Unavailable(f"Java {_OLDEST_JAVA} or newer was not found; install a JDK and set JAVA_HOME")
    return usable[0]


def java_version(java: str) -> int:
    told = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    match = re.search(r'version "(\d+)', told)
    return int(match[1]) if match else 0


def fetch_jars() -> None:
    """Copy OpenSearch and all it needs into the cache, unless it is there."""
    if (JARS / ".complete").exists():
        return
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable("Maven was not found; install it, as in: apt-get install maven")
    target = [f"-DoutputDirectory={JARS}", "-DincludeScope=runtime"]
    fetched = subprocess.run([maven, "-q", "-B", "-f", str(HERE / "pom.xml"), _PLUGIN, *target], capture_output=True, text=True)
    if fetched.returncode:
        raise Unavailable(f"Maven could not fetch OpenSearch: {fetched.stdout[-500:]}")
    (JARS / ".complete").touch()


def free_ports(count: int) -> list[int]:
    """Ports that nothing uses, and that no outgoing connection gets while a node is down: systems give those higher ones."""
    ports: list[int] = []
    for port in random.sample(range(10_000, 32_768), 1_000):
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            ports.append(port)
    return ports[:count]


def main() -> int:
    parser = argparse.ArgumentParser(description="A real OpenSearch cluster on this machine, until Ctrl-C.")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--port", type=int, default=9201, help="HTTP port of the first node; the others follow")
    parser.add_argument("--heap", default="768m", help="memory of each node; 2g for half a million documents")
    parser.add_argument("--folder", type=Path, default=HERE.parents[1] / ".cache" / "cluster")
    options = parser.parse_args()
    try:
        cluster = Cluster(options.folder, options.nodes, options.port, options.heap)
    except Unavailable as error:
        print(error, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with contextlib.ExitStack() as ends:
        ends.enter_context(contextlib.suppress(KeyboardInterrupt))  # Ctrl-C is how the cluster is ended
        ends.callback(cluster.stop)
        cluster.start()
        pids = ", ".join(str(process.pid) for process in cluster.processes.values())
        print(f"OpenSearch answers at {', '.join(cluster.hosts)} (processes {pids}); Ctrl-C ends it", flush=True)
        print(f"engine: opensearch\nopensearch: {{hosts: {json.dumps(cluster.hosts)}}}", flush=True)
        signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main())
