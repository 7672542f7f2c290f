#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the same tables with Evenhand, pyarrow, polars and DuckDB; prints median seconds.

usage: compare.py PROGRAM FOLDER [ROWS …]      needs numpy pyarrow polars duckdb

PROGRAM is the built reading-benchmark. FOLDER keeps the tables, written by make_predictions.py if
they are not there; ROWS are 1000000 and 10000000 unless given. Every tool reads into memory, all
columns and then only three of them, with as many threads as there are processors. The peers read
texts as plain strings and as dictionaries; the faster of both counts. The tools take turns, so that
a slow minute of the machine does not hit one of them only. All must have read the same: the sum of a
column of numbers, and the rows of each value of a category.
"""
import gc
import math
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
CATEGORIES, NUMBERS = ["sex", "race", "age_group", "label"], ["score_a", "score_b"]
FEW = (["race", "label"], ["score_a"])


def make(folder, rows):
  """The plain table and its variants, by name."""
  paths = {v: os.path.join(folder, f"{v}-{rows}.csv") for v in ("plain", "quoted", "crlf")}
  if not os.path.exists(paths["plain"]):
    script = os.path.join(HERE, "..", "make_predictions.py")
    subprocess.run([sys.executable, "-B", script, str(rows), paths["plain"]], check=True)
  for variant in ("quoted", "crlf"):
    if os.path.exists(paths[variant]):
      continue
    with open(paths["plain"], "rb") as source, open(paths[variant], "wb") as out:
      for line in source:
        if variant == "crlf":
          out.write(line[:-1] + b"\r\n")
        else:
          *texts, a, b = line.split(b",")
          out.write(b",".join([b'"%s"' % t for t in texts] + [a, b]))
  return paths


def evenhand(program, path, categories, numbers):
  """The seconds of a run; the sum of the first number and the counts of the first category."""
  command = [program, path, "1", ",".join(categories), ",".join(numbers)]
  output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
  first, *values = [line.split() for line in output.splitlines()]
  total = next(float(line[1]) for line in values if line[0] == "sum")
  return float(first[0]), (total, {line[1]: int(line[2]) for line in values if line[0] == "count"})


def values(result, category, number):
  """What a peer read, as `evenhand` says it."""
  kind = type(result).__module__.split(".")[0]
  if kind == "pyarrow":
    import pyarrow.compute
    counts = pyarrow.compute.value_counts(result[category].cast("string"))
    return (pyarrow.compute.sum(result[number]).as_py(),
            {str(c["values"]): c["counts"] for c in counts.to_pylist()})
  if kind == "polars":
    import polars
    counts = result[category].cast(polars.String).value_counts()
    return result[number].sum(), {str(v): n for v, n in counts.iter_rows()}
  rows = result.execute(f"SELECT {category}, count(*) FROM t GROUP BY 1").fetchall()
  return (result.execute(f"SELECT sum({number}) FROM t").fetchone()[0],
          {str(v): n for v, n in rows})


def check(own, peer, name):
  if own[1] != peer[1] or not math.isclose(own[0], peer[0], rel_tol=1e-9):
    sys.exit(f"{name} read other values than Evenhand: {peer}, {own}")


def pyarrow_reader(dictionary):
  import pyarrow
  from pyarrow import csv

  def read(path, categories, numbers):
    text = pyarrow.dictionary(pyarrow.int32(), pyarrow.string()) if dictionary else pyarrow.string()
    types = {c: text for c in categories} | {n: pyarrow.float64() for n in numbers}
    options = csv.ConvertOptions(column_types=types, include_columns=categories + numbers)
    return csv.read_csv(path, convert_options=options)

  return read


def polars_reader(dictionary):
  import polars

  def read(path, categories, numbers):
    text = polars.Categorical if dictionary else polars.String
    types = {c: text for c in categories} | {n: polars.Float64 for n in numbers}
    return polars.read_csv(path, columns=categories + numbers, schema_overrides=types)

  return read


def duckdb_reader(dictionary):
  import duckdb

  def read(path, categories, numbers):
    # A table in memory; types are given, as for the others, so that none has to guess.
    types = {c: "VARCHAR" for c in CATEGORIES} | {n: "DOUBLE" for n in NUMBERS}
    connection = duckdb.connect()
    connection.execute(
        f"CREATE TABLE t AS SELECT {', '.join(categories + numbers)} FROM "
        f"read_csv('{path}', header=true, columns={types})")
    return connection

  return read


def timed(read, path, categories, numbers):
  """The seconds, and the table that was read."""
  gc.collect()
  start = time.perf_counter()
  result = read(path, categories, numbers)
  return time.perf_counter() - start, result


def main(program, folder, sizes):
  readers = {
      "pyarrow": [pyarrow_reader(False), pyarrow_reader(True)],
      "polars": [polars_reader(False), polars_reader(True)],
      "DuckDB": [duckdb_reader(False)],
  }
  print("| rows | variant | columns | Evenhand | pyarrow | polars | DuckDB | fastest peer / Evenhand |")
  print("|--:|---|--:|--:|--:|--:|--:|--:|")
  for rows in sizes:
    repeats = 9 if rows <= 1_000_000 else 5
    for variant, path in make(folder, rows).items():
      for categories, numbers in ((CATEGORIES, NUMBERS), FEW):
        runs = {}
        for repeat in range(repeats + 1):
          seconds, own = evenhand(program, path, categories, numbers)
          if repeat > 0:
            runs.setdefault("Evenhand", []).append(seconds)
          for name, kinds in readers.items():
            for kind, read in enumerate(kinds):
              seconds, result = timed(read, path, categories, numbers)
              if repeat > 0:
                runs.setdefault((name, kind), []).append(seconds)
              else:  # Warms the caches.
                check(own, values(result, categories[0], numbers[0]), name)
              del result
        own = statistics.median(runs["Evenhand"])
        peers = {n: min(statistics.median(runs[n, k]) for k in range(len(readers[n])))
                 for n in readers}
        cells = " | ".join(f"{s:.3f}" for s in [own, *peers.values()])
        ratio = min(peers.values()) / own
        print(f"| {rows} | {variant} | {len(categories + numbers)} | {cells} | {ratio:.2f} |",
              flush=True)


if len(sys.argv) < 3:
  sys.exit("usage: compare.py PROGRAM FOLDER [ROWS …]")
main(sys.argv[1], sys.argv[2], [int(r) for r in sys.argv[3:]] or [1_000_000, 10_000_000])
