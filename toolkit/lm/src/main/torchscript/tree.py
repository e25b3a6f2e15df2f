"""How Java describes a chunk of a prefix tree (TreeChunk): rows of its matrices."""

# plan, [NODE_ROWS, nodes]: one column for each node, in depth-first order.
NODE_TOKEN = 0
NODE_POSITION = 1
NODE_END = 2  # first node after the subtree
NODE_ANCESTORS = 3  # how many nodes of the cached path are ancestors
NODE_ROWS = 4

# spans, [SPAN_ROWS, n]: neighbours with as many ancestors on the cached path.
SPAN_FIRST = 0
SPAN_END = 1  # node after the last
SPAN_ANCESTORS = 2
SPAN_ROWS = 3

# groups, [GROUP_ROWS, n]: neighbouring subtrees that see nothing of one another.
GROUP_FIRST = 0
GROUP_END = 1
GROUP_ANCESTORS = 2
GROUP_CHAIN = 3  # 1 for a single subtree without branches, else 0
GROUP_ROWS = 4

# leaves, [LEAF_ROWS, n]: which paths are copied to which slots.
LEAF_SLOT = 0
LEAF_CACHED = 1  # length of the cached path that is shared
LEAF_NODE = 2  # last node of the chunk on the way, or -1
LEAF_ROWS = 3
