"""Where the model's weights stand in the list `ws` that decoder and trainer read.

Java fills the list by the same names (LayerLayout). What a family has no use for is a tensor of no
elements, so that every number stays the same. All matrices are [outputs, inputs]; a bias follows
its weight.
"""

# Outside the layers.
EMBEDDING = 0  # [vocabulary, hidden]
POSITIONS = 1  # learned positions, [positions, hidden]
FREQUENCIES = 2  # rotary frequencies in fp32, [head / 2]
FINAL_NORM = 3  # [hidden]
FINAL_NORM_BIAS = 4
HEAD = 5  # [vocabulary, hidden]; the embedding itself where tied

# Layer l has PER_LAYER places, counted from FIRST_LAYER + PER_LAYER * l.
FIRST_LAYER = 6
PER_LAYER = 14

# Within a layer.
ATTENTION_NORM = 0  # [hidden]
ATTENTION_NORM_BIAS = 1
QUERY_KEY_VALUE = 2  # rows one under another, [(heads + 2 * kvheads) * head, hidden]
QUERY_KEY_VALUE_BIAS = 3
QUERY_NORM = 4  # of one head, [head]
KEY_NORM = 5
OUTPUT = 6  # out of attention, [hidden, heads * head]
OUTPUT_BIAS = 7
FEED_NORM = 8  # [hidden]
FEED_NORM_BIAS = 9
GATE_UP = 10  # gate, where there is one, and up, rows one under another, [.., hidden]
GATE_UP_BIAS = 11
DOWN = 12  # [hidden, intermediate]
DOWN_BIAS = 13
