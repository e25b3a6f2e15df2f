"""How Java describes a micro-batch and the linear layers to the trainer (TrainCore, LinearSlot)."""

# Linear layers of a layer, in the order of `linears` and `slots`.
QUERY = 0  # or query, key and value in one
KEY = 1
VALUE = 2
OUTPUT = 3
GATE = 4
UP = 5
DOWN = 6
LINEARS = 7  # how many there are

# sizes: numbers of a micro-batch.
SIZE_LONGEST = 0  # length of the longest sequence
SIZE_LEARNED = 1  # learned tokens of the whole batch, by which the loss is divided
SIZE_RECOMPUTE = 2  # 1: keep only the layers' inputs, and compute the rest again
SIZE_SEED = 3  # of what is dropped
SIZE_LENGTHS = 4  # from here on the lengths of the sequences
