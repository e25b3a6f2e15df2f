"""What passes, what is listed and what fails: python -m unittest checks_test (in this folder)."""

import unittest

import checks


def joined(mine, peer, acc=(1.0, 1.0), question="Q?"):
    """Both sides' log-probabilities of the choices a, b, c."""
    sides = [dict(zip("abc", [(log, False) for log in logs])) for logs in (mine, peer)]
    return (question, *sides, acc)


def compared(*items, expected=None):
    return checks.compared("task", items, expected or len(items), checks.LOGPROB)


class ChecksTest(unittest.TestCase):
    def test_equal_items_pass(self):
        result = compared(joined([-1, -2, -3], [-1.0005, -2, -3]))
        self.assertEqual([], result["failed"])
        self.assertAlmostEqual(5e-4, result["largest_difference"])
        self.assertEqual(1, result["same_best"])

    def test_a_log_probability_that_is_off_fails(self):
        self.assertIn("0.002", compared(joined([-1, -2, -3], [-1, -2.002, -3]))["failed"][0])

    def test_another_best_choice_fails(self):
        failed = compared(joined([-1, -1.1, -3], [-1.1, -1, -3]))["failed"]
        self.assertIn("another best choice: Q?", failed)

    def test_a_near_tie_is_listed_and_does_not_fail(self):
        result = compared(joined([-1, -1.0009, -3], [-1.0008, -1, -3]))
        self.assertEqual(["Q?"], result["near_ties"])
        self.assertEqual([], result["failed"])

    def test_an_item_that_one_side_lacks_fails(self):
        failed = compared(joined([-1, -2, -3], [-1, -2, -3]), expected=2)["failed"]
        self.assertEqual(["1 items of 2 are on both sides"], failed)

    def test_other_choices_fail(self):
        question, mine, peer, acc = joined([-1, -2, -3], [-1, -2, -3])
        peer["d"] = peer.pop("c")
        self.assertEqual(["other choices: Q?"], compared((question, mine, peer, acc))["failed"])

    def test_scores_count_to_four_decimals(self):
        self.assertEqual([], checks.unequal({"acc": [0.50001, 0.50004]}))
        self.assertEqual(1, len(checks.unequal({"acc": [0.5001, 0.5002]})))

    def test_letters_are_added_up_over_both_orders(self):
        # A and B in the order of the file, then in the other: the first answer is A, then B.
        self.assertEqual([-5, -5.5], checks.letters({"better": 0}, [-1, -2, -3.5, -4]))
        self.assertEqual([-5.5, -5], checks.letters({"better": 1}, [-1, -2, -3.5, -4]))


if __name__ == "__main__":
    unittest.main()
