"""Writes the small Parquet files of the reader's tests, and what is in them as JSON.

Run: python tools/golden/parquet_files.py datasets/src/test/resources/org/soft4j/datasets/parquet
Made with pyarrow 26.0.1.
"""

import json
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
rows = [
    {"id": i, "source": "golden", "prompt": text}
    for i, text in enumerate(
        ["How are you?", "Täglich grüßt\ndas Murmeltier 🐿", "a" * 300, '"quoted", with commas', "x"] * 4
    )
]
plain = pa.table(
    {
        "id": pa.array([r["id"] for r in rows], pa.int64()),
        "source": pa.array([r["source"] for r in rows]),
        "prompt": pa.array([r["prompt"] for r in rows]),
    }
)
for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
    pq.write_table(plain, folder / f"{codec}.parquet", compression=codec, row_group_size=8)
pq.write_table(plain, folder / "no-dictionary.parquet", use_dictionary=False)
pq.write_table(plain, folder / "pages-v2.parquet", data_page_version="2.0", compression="zstd",
               data_page_size=64, write_page_checksum=True)
pq.write_table(plain, folder / "delta.parquet", use_dictionary=False,
               column_encoding={"id": "DELTA_BINARY_PACKED", "source": "DELTA_BYTE_ARRAY",
                                "prompt": "DELTA_LENGTH_BYTE_ARRAY"})
nested = plain.append_column(
    "conversations",
    pa.array([[{"from": "human", "value": "hi"}, {"from": "gpt", "value": "yes"}]] * len(rows)),
).append_column("meta", pa.array([{"a": 1, "b": [1.5]}] * len(rows)))
pq.write_table(nested, folder / "nested.parquet")
pq.write_table(
    pa.table({"instruction": ["Sort.", "Sing."], "input": ["b a", None], "output": ["a b", "la"]}),
    folder / "instructions.parquet",
)
pq.write_table(pa.table({"prompt": ["one", None, "three"]}), folder / "null.parquet")
pq.write_table(pa.table({"prompt": [["one"], ["two"]]}), folder / "list.parquet")
pq.write_table(pa.table({"prompt": [b"\xff\xfe", b"x"]}), folder / "bytes.parquet")
pq.write_table(
    pa.table({"prompt": pa.array([b"one", b"\xff\xfe"]).view(pa.string())}),
    folder / "not-utf8.parquet",
)
pq.write_table(pa.table({"question": ["one"]}), folder / "other.parquet")
pq.write_table(pa.table({"prompt": pa.array([], pa.string())}), folder / "empty.parquet")
pq.write_table(
    pa.table({"prompt": ["Say hi."], "response": ["Hi."], "type": ["greeting"]}),
    folder / "pool.parquet",
)
(folder / "rows.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
