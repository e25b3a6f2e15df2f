"""Drawing one token per row of logits.

sampling.py says what how and kind hold; u is [n] in [0, 1). A row's draw depends on its own logits
and number alone: rows without top-k and top-p invert the distribution in the order of the
vocabulary, the others in the order of probability.
"""

from typing import Tuple

import torch
from torch import Tensor

from . import kernel, sampling


class Drawing:
    """Temperature, top-k, top-p (Holtzman et al. 2020)."""

    def draw(self, z: Tensor, best: Tensor, how: Tensor, u: Tensor, kind: int) -> Tensor:
        """The rows' tokens, [n, 1]; best are the most likely ones."""
        if kind == sampling.KIND_GREEDY:
            return best
        temperature = self.setting(how, sampling.HOW_TEMPERATURE)
        top_k = self.setting(how, sampling.HOW_TOP_K)
        top_p = self.setting(how, sampling.HOW_TOP_P)
        greedy = temperature < kernel.COLDEST
        divisor = torch.where(greedy, torch.ones_like(temperature), temperature)
        p = torch.softmax(z.to(torch.float64) / divisor, -1)
        sums = torch.cumsum(p, -1)
        free = self.invert(sums, u)
        chosen = free
        if kind == sampling.KIND_BOUNDED:
            bound = ((top_k >= 1) | (top_p < 1)) & torch.logical_not(greedy)
            picked, found = self.bounded(p, how, u, min(kernel.CANDIDATES, z.size(1)))
            # All tokens are sorted only for rows that need it: that costs as much as a layer.
            again = torch.nonzero(bound & torch.logical_not(found))[:, 0]
            if again.size(0) > 0:
                sure, all = self.bounded(
                    p.index_select(0, again), how.index_select(0, again), u.index_select(0, again),
                    z.size(1))
                picked = picked.index_copy(0, again, sure)
            chosen = torch.where(bound, picked, free)
        return torch.where(greedy, best, chosen)

    def setting(self, how: Tensor, column: int) -> Tensor:
        """One setting of all rows, [n, 1]."""
        return how[:, column:column + 1]

    def bounded(self, p: Tensor, how: Tensor, u: Tensor, most: int) -> Tuple[Tensor, Tensor]:
        """Draws among the likeliest; also says whether these hold all that the bounds allow."""
        k = self.setting(how, sampling.HOW_TOP_K)
        top_p = self.setting(how, sampling.HOW_TOP_P)
        ps, ids = torch.topk(p, most, -1, True, True)
        count = torch.where(k < 1, torch.full_like(k, float(p.size(1))), k)
        rank = torch.arange(most, device=p.device).unsqueeze(0)
        ps = torch.where(rank < count, ps, torch.zeros_like(ps))
        mass = ps.sum(-1, True)
        found = (count <= most) | (mass >= top_p)
        ps = ps / torch.where(k < 1, torch.ones_like(mass), mass)
        ahead = torch.cumsum(ps, -1) - ps
        ps = torch.where((ahead < top_p) | (rank < 1), ps, torch.zeros_like(ps))
        return (ids.gather(1, self.invert(torch.cumsum(ps, -1), u)), found)

    def invert(self, sums: Tensor, u: Tensor) -> Tensor:
        """The first token whose cumulated probability exceeds u times the whole."""
        threshold = u.unsqueeze(1) * sums[:, -1:]
        return (sums <= threshold).sum(-1, True).clamp(0, sums.size(1) - 1)
