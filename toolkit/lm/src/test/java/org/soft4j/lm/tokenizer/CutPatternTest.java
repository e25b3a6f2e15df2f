package org.soft4j.lm.tokenizer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CutPatternTest {
  /** From the tokenizer.json files of GPT-2, Llama 3, Qwen2, o200k and DeepSeek. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
            + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?"
            + "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
            + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*"
            + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
            + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*"
            + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[一-龥぀-ゟ゠-ヿ]+",
        " {2,}",
      })
  void patternsOfModelsInUseAreAccepted(String pattern) {
    assertDoesNotThrow(() -> CutPattern.check(pattern));
  }

  /** Each of the first three makes the library end the process on some forty letters. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(a+)+$; repeats a group",
        "(a|a)*$; repeats a group",
        "a*a*a*a*a*a*a*b; has more after two open repetitions",
        "(.)\\1; uses \\1",
        "(?<=a)b; has a group of an unknown kind",
        "a{1,3}+; has a \"+\" out of place",
        "a{1,999}; repeats {1,999}",
        "(a; lacks a \")\"",
        "a); has a \")\" too many",
        "[a; lacks a \"]\"",
        "\\; ends with a \"\\\"",
        "((((((((((a)))))))))); is nested too deeply",
        "a?b?c?d?e?f+g; may take 32 steps a letter",
      })
  void patternsWithoutAKnownBoundAreRefused(String pattern, String why) {
    var fault = assertThrows(IllegalArgumentException.class, () -> CutPattern.check(pattern));
    assertTrue(fault.getMessage().endsWith(why), fault.getMessage());
  }
}
