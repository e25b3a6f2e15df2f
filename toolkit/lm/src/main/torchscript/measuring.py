"""Measuring target tokens: how likely they are, entropies, and whether they are the most likely.

sampling.py says what pairs and the result hold. rows are places in (cached path, chunk).
"""

from typing import List, Tuple

import torch
from torch import Tensor

from . import layout, sampling, tree
from .walk import Walk


class Measuring(Walk):
    """Scoring continuations over a prefix tree."""

    def measures(self, z: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        """log sum exp, entropy and most likely token of logits, [n, vocabulary]; one softmax."""
        p = torch.softmax(z, -1)
        top = torch.argmax(z, -1, True)
        lse = z.gather(1, top) - torch.log(p.gather(1, top))
        entropy = lse - p.mul_(z).sum(-1, True)
        return (lse, entropy, top)

    def score(self, plan: Tensor, past: int, keep: Tensor, spans: Tensor, groups: Tensor,
              rows: Tensor, pairs: Tensor, slice: int) -> Tensor:
        """Computes a chunk and measures tokens after its nodes or after nodes of the cached path.

        slice: rows whose logits are held at a time.
        """
        dev = self.ws[layout.EMBEDDING].device
        before = self.path_hidden[0][:past]
        if rows.size(0) > 0:
            before = before.clone()
        leaves = torch.zeros([tree.LEAF_ROWS, 0], dtype=torch.int64, device=plan.device)
        h = torch.cat([before, self.walk(plan, past, keep, spans, groups, leaves, True)], 0)
        h = h.index_select(0, rows.to(dev))
        place = pairs[sampling.PAIR_ROW].to(dev)
        target = pairs[sampling.PAIR_TARGET].to(dev).unsqueeze(1)
        parts: List[Tensor] = []
        start = 0
        while start < rows.size(0):
            z = self.logits(h[start:start + slice])
            lse, entropy, top = self.measures(z)
            # Pairs stand in the order of their rows, so that a slice of rows has a run of pairs.
            mine = torch.nonzero((place >= start) & (place < start + slice)).view(-1)
            row = place.index_select(0, mine) - start
            want = target.index_select(0, mine)
            value = z.index_select(0, row).gather(1, want) - lse.index_select(0, row)
            greedy = top.index_select(0, row) == want
            entropy = entropy.index_select(0, row)
            # In the order of sampling.py, SCORE.
            parts.append(torch.cat([
                value.to(torch.float64), entropy.to(torch.float64), greedy.to(torch.float64)], 1))
            start = start + slice
        if len(parts) == 0:
            return torch.zeros([0, sampling.SCORE_COLUMNS], dtype=torch.float64, device=plan.device)
        return torch.cat(parts, 0).cpu()
