#!/usr/bin/env python3
"""Runs a graph of nodes that do nothing with another tool: scheduler_peer.py TOOL GRAPH PLACE.

GRAPH is a file with the places of the nodes that each node waits for, one line a node. Prints seconds: from the graph made
in the tool's own terms to the end of its run, without loading the tool. PLACE is an empty directory for what it stores.
"""
import logging
import os
import sys
import time
from pathlib import Path

TOOL, GRAPH, PLACE = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
DEPENDENCIES = [[int(word) for word in line.split()] for line in GRAPH.read_text().split("\n")[:-1]]
COUNT = len(DEPENDENCIES)


def nothing(*_):
    """What every node does."""


def timed(run):
    began = time.perf_counter()
    run()
    print(time.perf_counter() - began)


def ends():
    """The nodes on which no other waits."""
    return sorted(set(range(COUNT)) - {source for sources in DEPENDENCIES for source in sources})


def dask():
    import dask

    graph = {f"n{node}": (nothing, *(f"n{source}" for source in sources)) for node, sources in enumerate(DEPENDENCIES)}
    timed(lambda: dask.get(graph, [f"n{node}" for node in ends()]))


def dask_processes():
    import dask.multiprocessing

    graph = {f"n{node}": (nothing, *(f"n{source}" for source in sources)) for node, sources in enumerate(DEPENDENCIES)}
    with dask.config.set(num_workers=2), dask.config.set({"multiprocessing.context": "fork"}):
        timed(lambda: dask.multiprocessing.get(graph, [f"n{node}" for node in ends()]))


def kedro():
    from kedro.io import DataCatalog
    from kedro.pipeline import node, pipeline
    from kedro.runner import SequentialRunner

    logging.disable(logging.CRITICAL)

    def one(*_):
        return 1

    nodes = [node(one, [f"d{source}" for source in sources] or None, f"d{place}", name=f"n{place}")
             for place, sources in enumerate(DEPENDENCIES)]
    whole = pipeline(nodes)
    timed(lambda: SequentialRunner().run(whole, DataCatalog()))


def hamilton():
    os.environ["HAMILTON_TELEMETRY_ENABLED"] = "false"
    from hamilton import ad_hoc_utils, driver

    lines = []
    for place, sources in enumerate(DEPENDENCIES):
        parameters = ", ".join(f"n{source}: int" for source in sources)
        lines.append(f"def n{place}({parameters}) -> int:\n    return 1\n")
    names = {"__name__": "nodes"}
    exec(compile("\n".join(lines), "nodes", "exec"), names)
    functions = [names[f"n{place}"] for place in range(COUNT)]
    sys.setrecursionlimit(10 * COUNT + 1000)
    module = ad_hoc_utils.create_temporary_module(*functions, module_name="nodes")
    whole = driver.Builder().with_modules(module).build()
    timed(lambda: whole.execute([f"n{node}" for node in ends()]))


def luigi():
    import luigi

    logging.disable(logging.CRITICAL)

    class Step(luigi.Task):
        place = luigi.IntParameter()

        def requires(self):
            return [Step(place=source) for source in DEPENDENCIES[self.place]]

        def output(self):
            return luigi.LocalTarget(str(PLACE / str(self.place)))

        def run(self):
            (PLACE / str(self.place)).touch()

    sys.setrecursionlimit(10 * COUNT + 1000)
    tasks = [Step(place=node) for node in ends()]
    timed(lambda: luigi.build(tasks, local_scheduler=True, workers=1, no_lock=True, log_level="CRITICAL"))


def prefect():
    os.environ.update(PREFECT_HOME=str(PLACE), PREFECT_LOGGING_LEVEL="CRITICAL", DO_NOT_TRACK="1",
                      PREFECT_SERVER_ANALYTICS_ENABLED="false", PREFECT_SERVER_ALLOW_EPHEMERAL_MODE="true",
                      PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY="false")
    from prefect import flow, task
    from prefect.task_runners import ThreadPoolTaskRunner

    step = task(nothing, name="nothing")

    @flow(task_runner=ThreadPoolTaskRunner(max_workers=2))
    def whole(count):
        futures = []
        for sources in DEPENDENCIES[:count]:
            futures.append(step.submit(wait_for=[futures[source] for source in sources]))
        for future in futures:
            future.wait()

    whole(1)  # Starts its server.
    timed(lambda: whole(COUNT))


def dagster_job():
    from dagster import In, Nothing, Out, graph, op

    @op(ins={"start": In(Nothing)}, out=Out(Nothing))
    def step():
        return None

    @op(out=Out(Nothing))
    def first():
        return None

    @graph
    def whole():
        made = []
        for place, sources in enumerate(DEPENDENCIES):
            name = f"n{place}"
            made.append(step.alias(name)([made[source] for source in sources]) if sources else first.alias(name)())

    return whole


def dagster():
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"
    from dagster import DagsterInstance

    logging.disable(logging.CRITICAL)
    (PLACE / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    job = dagster_job().to_job()
    with DagsterInstance.from_config(str(PLACE)) as instance:
        timed(lambda: job.execute_in_process(instance=instance))


{"dask": dask, "dask-processes": dask_processes, "kedro": kedro, "hamilton": hamilton, "luigi": luigi, "prefect": prefect,
 "dagster": dagster}[TOOL]()
