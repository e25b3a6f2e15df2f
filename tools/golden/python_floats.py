#!/usr/bin/env python3
"""Doubles by their bits, and how Python writes them: borders, powers of two, and random ones of every size.

    python tools/golden/python_floats.py > toolkit/lm/src/test/resources/org/soft4j/lm/template/floats.txt
"""
import random
import struct

draw = random.Random(5)
values = [0.0, -0.0, 1e-5, 9.999e-5, 1e-4, 0.1, 1 / 3, 1e15, 1e16, 123456789012345680.0, 2e23, 1e22, 5e-324, 1e-323, 2.2250738585072014e-308]
values += [2.0**power for power in range(-1074, 1024, 37)]
values += [-draw.expovariate(0.02) for _ in range(60)]
# Log-probabilities are sums of 32-bit numbers.
values += [struct.unpack("f", struct.pack("f", -draw.expovariate(0.02)))[0] for _ in range(60)]
while len(values) < 500:
    value = struct.unpack(">d", draw.getrandbits(64).to_bytes(8, "big"))[0]
    if value == value and abs(value) != float("inf"):
        values.append(value)
for value in values:
    print(struct.pack(">d", value).hex(), repr(value))
