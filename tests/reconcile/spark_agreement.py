"""`make spark`: Spark in local mode against the plain reference, on 500 made-up worlds.

One session for all, with one partition: next to nothing is read, and what takes the time is starting tasks.
"""

from pyspark.sql import SparkSession

from sfoptlint.reconcile.spark_engine import spark_engine
from tests.reconcile.agreement import agreements

SETTINGS = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}

builder = SparkSession.builder.appName("agreement").master("local[2]")
for name, value in SETTINGS.items():
    builder = builder.config(name, value)
with builder.getOrCreate() as session:
    for line in agreements(spark_engine):
        print(line, flush=True)
