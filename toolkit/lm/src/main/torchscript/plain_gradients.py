"""Products with frozen matrices, forward and backward, on the weights as they are."""

from torch import Tensor

from .plain_products import PlainProducts


class PlainGradients(PlainProducts):
    """multiply_back(g, index) is g W of the matrix at index in ws."""

    def multiply_back(self, g: Tensor, index: int) -> Tensor:
        return g @ self.ws[index]
