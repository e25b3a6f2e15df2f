"""Texts on which tokenizers differ, for the scripts beside this one."""
import random


def texts():
    fixed = [
        "Hello world", " leading space", "trailing space ", "", " ", "  ", "\n", "\n\n\n", "\t\tx", "a\r\nb",
        "In 1984, 12345 people", "x=42", "3.14159", "2024-01-31T12:00:00Z", "  7 apples", "\n\n1. First\n2. Second",
        "1,000,000", "½ ¾ ² ٣ ४ ５", "v1.2.3-rc4", "don't can't we'll I'd you've they're I'm it's", "DON'T",
        "def f(x):\n    return x + 1\n", "for (int i = 0; i < 10; i++) {\n\tsum += a[i];\n}", "<html><body>&amp;</body></html>",
        "SELECT * FROM t WHERE id=7;", "{\"a\": [1, 2, {\"b\": null}]}", "C:\\path\\to\\file", "a_b_c camelCase PascalCase",
        "😀", "👩‍👩‍👧‍👦 family", "🇩🇪🇫🇷", "é vs e\u0301", "ﬁ ligature", "Ünïcödé", "Привет, мир", "你好，世界", "こんにちは", "مرحبا",
        "שלום", "नमस्ते", "한국어", "ไทย", "\u00a0nbsp\u2003em", "\u200bzero\u200dwidth", "\ufeffbom", "a\x00b", "\x1b[0m",
        "<|im_start|>user\nHi<|im_end|>\n", "<|im_start|>", "<|endoftext|>", "x<|im_end|>y", "<|im_start|>system\nYou<|im_end|>\n<|im_start|>assistant\n",
        "<repo_name>a/b<file_sep>c", "<|not_special|>", "<|im_end", "### Instruction:\nName 3 fruits.\n\n### Response:\n",
        "https://example.org/a?b=c&d=1#e", "me@example.org", "$5.00 + 10% = £7", "...", "?!?!", "--flag=1", "\"quoted\" 'single'",
        "e=mc²", "∑ᵢ xᵢ ≥ 0", "→ ⇒ ✓", "A" * 70, "ab " * 30, " " * 17 + "x", "\n \n  \n   x", "end.\n\n", "Q: What is 2+2?\nA: 4",
    ]
    rng = random.Random(11)
    parts = ["the ", "of", " 12", "7", "\n", "  ", "é", "😀", "<|im_end|>", "'s", "_", "(", ")", "{", ".", ",", " and", "X", "日本", "0", "\t", " Tokyo", "ing", "<", "|"]
    while len(fixed) < 200:
        fixed.append("".join(rng.choice(parts) for _ in range(rng.randint(2, 24))))
    return fixed
