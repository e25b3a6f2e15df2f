"""What the forward pass of adapters keeps of a layer for its backward pass (lora.py).

`low` is x A', an adapter's low-rank rows; empty where none of the layers has an adapter.
"""

RESULT = 0  # the layer's result, the next one's input
INPUT = 1
QKV_LOW = 2
MIXED = 3  # what leaves attention, before its output projection
OUTPUT_LOW = 4
MIDDLE = 5  # the residual stream after attention
WIDE = 6  # gate and up
WIDE_LOW = 7
DOWN_LOW = 8
ATTENTION = 9  # from here on what attention's backward pass needs
