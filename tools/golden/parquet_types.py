"""Writes small Parquet files whose columns mean more than they store, and their values as texts.

Run: python tools/golden/parquet_types.py datasets/src/test/resources/org/soft4j/datasets/parquet/types
Made with pyarrow 26.0.1, duckdb 2.0.1, polars 2.1.0, pandas 3.1.1 and datasets 5.2.0. The texts are what Python's
str() gives for the values that pyarrow reads; values of JSON columns are decoded by Python's json.
"""

import datetime as dt
import decimal
import json
import pathlib
import sys
import uuid

import datasets
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
D = decimal.Decimal
DATES = [dt.date(2024, 2, 29), dt.date(1969, 12, 31), None, dt.date(1, 1, 1)]
TIMES = [dt.time(12, 34, 56, 789000), dt.time(0, 0), None, dt.time(23, 59, 59, 999000)]
STAMPS = [dt.datetime(2024, 2, 29, 12, 34, 56, 789000), dt.datetime(1960, 1, 1), None, dt.datetime(1969, 12, 31, 23, 59, 59, 1000)]
MONEY = [D("1.50"), D("-0.05"), None, D("99.99")]


def text(value):
    """A value as a text column would hold it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    return str(value)


def column(array):
    kind = array.type
    if isinstance(kind, pa.BaseExtensionType) and "json" in str(kind):
        values = [None if v is None else json.loads(v) for v in array.cast(pa.string()).to_pylist()]
        raw = array.cast(pa.string()).to_pylist()
        return ["" if v is None else v if isinstance(v, str) else r for v, r in zip(values, raw)]
    if isinstance(kind, pa.UuidType):
        return [text(v) for v in array.to_pylist()]
    if pa.types.is_float32(kind):
        return ["" if v is None else str(np.float32(v)) for v in array.to_pylist()]
    if pa.types.is_float16(kind):
        return ["" if v is None else str(np.float32(v)) for v in array.to_pylist()]
    if pa.types.is_timestamp(kind) and kind.tz:
        array = array.cast(pa.timestamp(kind.unit, "UTC"))
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        return ["" if v is None else str(v) for v in array.to_pylist()]
    if pa.types.is_time(kind) and kind.unit == "ns":
        return [nanos(v) for v in array.cast(pa.int64()).to_pylist()]
    return [text(v) for v in array.to_pylist()]


def nanos(value):
    """Python's time has no nanoseconds; written as a timestamp's are."""
    return "" if value is None else str(pd.Timestamp(value)).split(" ")[1]


expected = {}


def note(name, refused=None):
    """Writes down what pyarrow reads, and which columns have no text."""
    table = pq.read_table(folder / f"{name}.parquet")
    refused = refused or {}
    expected[name] = {
        "texts": {c: column(table[c].combine_chunks()) for c in table.column_names if c not in refused},
        "refused": refused,
    }


pq.write_table(
    pa.table(
        {
            "decimal_int32": pa.array(MONEY, pa.decimal128(4, 2)),
            "decimal_int64": pa.array([D("123456789012.345"), D("-0.001"), None, D("0.000")], pa.decimal128(18, 3)),
            "decimal_fixed": pa.array([D("12345678901234567890.0000000001"), D("-1"), None, D("0")], pa.decimal128(38, 10)),
            "decimal_wide": pa.array([D("1e40"), D("-1.5"), None, D("0")], pa.decimal256(60, 5)),
            "date": pa.array(DATES, pa.date32()),
            "time_millis": pa.array(TIMES, pa.time32("ms")),
            "time_micros": pa.array(TIMES, pa.time64("us")),
            "time_nanos": pa.array([1, 86399999999999, None, 1000], pa.time64("ns")),
            "stamp_millis": pa.array(STAMPS, pa.timestamp("ms")),
            "stamp_micros": pa.array(STAMPS, pa.timestamp("us")),
            "stamp_nanos": pa.array([1, -1, None, 1709210096789000000], pa.timestamp("ns")),
            "stamp_utc": pa.array(STAMPS, pa.timestamp("us", "UTC")),
            "stamp_berlin": pa.array(STAMPS, pa.timestamp("us", "Europe/Berlin")),
            "uint8": pa.array([0, 255, None, 1], pa.uint8()),
            "uint16": pa.array([0, 65535, None, 1], pa.uint16()),
            "uint32": pa.array([0, 4294967295, None, 1], pa.uint32()),
            "uint64": pa.array([0, 18446744073709551615, None, 1], pa.uint64()),
            "int8": pa.array([-128, 127, None, 0], pa.int8()),
            "int64": pa.array([-(2**63), 2**63 - 1, None, 0], pa.int64()),
            "half": pa.array([np.float16(v) if v is not None else None for v in (0.1, -65504, None, 6e-8)], pa.float16()),
            "float": pa.array([0.1, -2.5, None, 1e-7], pa.float32()),
            "double": pa.array([0.1, 1e16, None, -1e-5], pa.float64()),
            "round_double": pa.array([1e15, 123456789.0, None, float("nan")], pa.float64()),
            "truth": pa.array([True, False, None, True]),
            "nothing": pa.nulls(4),
            "category": pa.array(["a", "ü", None, "a"]).dictionary_encode(),
            "large": pa.array(["a", "", None, "b"], pa.large_string()),
        }
    ),
    folder / "pyarrow.parquet",
    store_decimal_as_integer=True,
)
note("pyarrow")

pq.write_table(pa.table({"int96": pa.array(STAMPS, pa.timestamp("us"))}), folder / "int96.parquet", use_deprecated_int96_timestamps=True)
expected["int96"] = {"texts": {"int96": [text(v) for v in STAMPS]}, "refused": {}}

pq.write_table(
    pa.table(
        {
            "list": [["a"], []],
            "structure": [{"a": 1}, None],
            "map": pa.array([[("k", 1)], []], pa.map_(pa.string(), pa.int64())),
            "binary": [b"a", None],
            "fixed": pa.array([b"ab", None], pa.binary(2)),
        }
    ),
    folder / "refused.parquet",
)
note("refused", {"list": "a list or a structure", "structure": "a list or a structure", "map": "a list or a structure", "binary": "binary", "fixed": "fixed_len_byte_array"})

db = duckdb.connect()
for codec in ("uncompressed", "snappy", "gzip", "zstd", "lz4_raw"):
    db.execute(
        f"""COPY (SELECT id::BIGINT AS id, 'prompt ' || id AS prompt, (id / 8)::DECIMAL(5, 3) AS price, (id % 2 = 0)::JSON AS json
        FROM range(40) t(id)) TO '{folder}/duckdb-{codec}.parquet' (FORMAT parquet, COMPRESSION {codec}, ROW_GROUP_SIZE 2048)"""
    )
    note(f"duckdb-{codec}")
db.execute("CREATE TYPE mood AS ENUM ('sad', 'glad')")
db.execute(
    f"""COPY (SELECT * FROM (VALUES
      (1.50::DECIMAL(4, 2), 1.500::DECIMAL(9, 3), -0.01::DECIMAL(18, 2), 1.5::DECIMAL(38, 4), DATE '2024-02-29', TIME '12:34:56.5',
       TIMESTAMP '2024-02-29 12:34:56', TIMESTAMP_MS '2024-02-29 12:34:56.789', TIMESTAMP_NS '2024-02-29 12:34:56.123456789',
       TIMESTAMPTZ '2024-02-29 12:34:56+02', 255::UTINYINT, 65535::USMALLINT, 4294967295::UINTEGER, 18446744073709551615::UBIGINT,
       '"a text"'::JSON, '123e4567-e89b-12d3-a456-426614174000'::UUID, 'glad'::mood, INTERVAL 3 DAY, 'x'::BLOB),
      (-99.99, 0, 1, 0, DATE '1960-01-01', TIME '00:00:00', TIMESTAMP '1960-01-01', TIMESTAMP_MS '1960-01-01', TIMESTAMP_NS '1960-01-01',
       TIMESTAMPTZ '1960-01-01 00:00:00+00', 0, 0, 0, 0, '{{"a": [1, 2.50]}}'::JSON, NULL, 'sad', NULL, NULL),
      (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '"\\u00fc\\n"'::JSON, NULL, NULL, NULL, NULL))
      t(decimal4, decimal9, decimal18, decimal38, date, time, stamp, stamp_millis, stamp_nanos, stamp_zone, u8, u16, u32, u64, json, uuid,
        mood, interval, blob)) TO '{folder}/duckdb.parquet' (FORMAT parquet)"""
)
note("duckdb", {"interval": "interval", "blob": "binary"})

pl.DataFrame(
    {
        "decimal": pl.Series(MONEY, dtype=pl.Decimal(10, 2)),
        "date": pl.Series(DATES, dtype=pl.Date),
        "time": pl.Series(TIMES, dtype=pl.Time),
        "stamp": pl.Series(STAMPS, dtype=pl.Datetime("ms")),
        "stamp_zone": pl.Series(STAMPS, dtype=pl.Datetime("us", "UTC")),
        "u64": pl.Series([2**64 - 1, 0, None, 1], dtype=pl.UInt64),
        "u8": pl.Series([255, 0, None, 1], dtype=pl.UInt8),
        "category": pl.Series(["a", "b", None, "a"], dtype=pl.Categorical),
        "enum": pl.Series(["a", "b", None, "a"], dtype=pl.Enum(["a", "b"])),
        "list": pl.Series([[1], [], None, [2]]),
    }
).write_parquet(folder / "polars.parquet")
note("polars", {"list": "a list or a structure"})

pd.DataFrame(
    {
        "stamp": pd.to_datetime(["2024-02-29 12:34:56", "1960-01-01", None, "2024-01-01"], format="ISO8601"),
        "stamp_zone": pd.to_datetime(["2024-02-29 12:34:56", "1960-01-01", None, "2024-01-01"], format="ISO8601").tz_localize("Asia/Kolkata"),
        "decimal": MONEY,
        "date": DATES,
        "category": pd.Categorical(["a", "b", None, "a"]),
        "whole": pd.array([1, 2, None, 3], dtype="Int64"),
        "truth": pd.array([True, False, None, True], dtype="boolean"),
    }
).to_parquet(folder / "pandas.parquet")
note("pandas")

rows = datasets.Dataset.from_dict(
    {"json": ["a text", {"a": 1, "b": [True, None]}, 3, None], "price": MONEY, "day": DATES},
    features=datasets.Features({"json": datasets.Json(), "price": datasets.Value("decimal128(6, 2)"), "day": datasets.Value("date32")}),
)
rows.to_parquet(folder / "datasets.parquet")
note("datasets")

(folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
