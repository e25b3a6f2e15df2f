"""What Java hands to drawing and measuring, and what it gets back (TokenLayout)."""

# kind: how much work drawing is, the most that any sequence needs.
KIND_GREEDY = 0  # every sequence takes the most likely token
KIND_FREE = 1  # some draw from the whole distribution
KIND_BOUNDED = 2  # some draw under top-k or top-p

# how, [n, HOW_COLUMNS]: a sequence's settings.
HOW_TEMPERATURE = 0
HOW_TOP_K = 1  # 0: no bound
HOW_TOP_P = 2  # 1: no bound
HOW_COLUMNS = 3

# state, [STATE_ROWS, n]: what a sequence goes on with.
STATE_TOKEN = 0
STATE_POSITION = 1
STATE_ROWS = 2

# Result of decode, [n, steps, STEP_COLUMNS]. Logarithms and entropy at temperature 1.
STEP_TOKEN = 0
STEP_LOG_PROBABILITY = 1
STEP_ENTROPY = 2
STEP_COLUMNS = 3

# pairs, [PAIR_ROWS, m]: which token is measured after which of the rows.
PAIR_ROW = 0
PAIR_TARGET = 1
PAIR_ROWS = 2

# Result of score, [m, SCORE_COLUMNS].
SCORE_LOG_PROBABILITY = 0
SCORE_ENTROPY = 1
SCORE_GREEDY = 2  # 1 where the target is the most likely token
SCORE_COLUMNS = 3
