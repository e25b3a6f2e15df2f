package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What a word is, outside English too. Where spaces are written, words stand between them; the
 * words of Chinese, Japanese, Thai, Lao and Khmer are those of ICU's dictionaries, and any
 * speaker's.
 */
class WordsTest {
  @Test
  void vowelSignsAndAccentsSplitNothing() {
    assertEquals(
        List.of("दुनिया", "का", "सबसे", "ऊँचा", "पर्वत"), Words.of("दुनिया का सबसे ऊँचा पर्वत?"));
    assertEquals(List.of("পৃথিবীর", "সর্বোচ্চ", "পর্বত"), Words.of("পৃথিবীর সর্বোচ্চ পর্বত।"));
    assertEquals(List.of("உலகின்", "மிக", "உயரமான", "மலை"), Words.of("உலகின் மிக உயரமான மலை"));
    assertEquals(List.of("مُحَمَّدٌ", "رَسُولٌ"), Words.of("مُحَمَّدٌ رَسُولٌ"));
    assertEquals(List.of("세계에서", "가장", "높은", "산"), Words.of("세계에서 가장 높은 산"));
    assertEquals(List.of("می\u200cخواهم"), Words.of("می\u200cخواهم"), "a non-joiner inside a word");
    assertEquals(Words.of("na\u00efve"), Words.of("nai\u0308ve"), "composed or not");
  }

  @Test
  void scriptsWithoutSpacesAreDividedByTheirDictionaries() {
    assertEquals(List.of("世界上", "最高", "的", "山", "是", "什么"), Words.of("世界上最高的山是什么？"));
    assertEquals(
        List.of("世界", "で", "一番", "高い", "山", "は", "何", "です", "か"), Words.of("世界で一番高い山は何ですか。"));
    assertEquals(
        List.of("ภูเขา", "ที่", "สูง", "ที่สุด", "ใน", "โลก", "คือ", "อะไร"),
        Words.of("ภูเขาที่สูงที่สุดในโลกคืออะไร"));
    assertEquals(List.of("ທີ່", "ສູງ", "ທີ່ສຸດ"), Words.of("ທີ່ສູງທີ່ສຸດ"));
    assertEquals(List.of("my", "iphone", "手机", "很好", "3"), Words.of("My iPhone手机很好 3"));
  }

  @Test
  void anEmojiIsOneWordWhateverItIsJoinedFrom() {
    assertEquals(List.of("👨‍👩‍👧‍👦", "👍🏽", "🇩🇪"), Words.of("👨‍👩‍👧‍👦👍🏽🇩🇪"));
    assertEquals(List.of("well", "done", "👍"), Words.of("Well done! 👍"));
  }

  /** An answer may be a sign; a row of full stops is none. */
  @Test
  void signsAreWordsWhereNothingElseIs() {
    assertEquals(List.of("+"), Words.of("+"));
    assertEquals(List.of("*"), Words.of(" * "));
    assertEquals(List.of("≤"), Words.of("≤"));
    assertEquals(List.of("2", "2", "4"), Words.of("2 + 2 = 4."));
    for (String none : List.of("...", "?", "-", "\"", "***", "。", " ")) {
      assertEquals(List.of(), Words.of(none), none);
    }
  }

  /** The rule before ICU, in whose words the published results of the micro world were made. */
  @Test
  void englishIsWhatItWas() {
    Pattern before = Pattern.compile("[\\p{L}\\p{N}]+");
    for (String text :
        List.of(
            "Don't panic: it's 3.5 km (2.2 mi) to St. John's-by-the-Sea, e.g. by U.S. Route 1!",
            "snake_case, CamelCase; a+b=c; ½ cup; x² → naïve café — “quoted” … #tag @user 100% $5",
            "sure , the color of dosin is blue . <e>",
            "Ωmega, Straße, İstanbul ★ ✓ © ™",
            "http://example.com/a?b=c&d=e")) {
      Matcher matcher = before.matcher(text.toLowerCase(Locale.ROOT));
      List<String> expected = matcher.results().map(r -> r.group()).toList();
      if (!text.contains("İ")) { // its dot is a mark of its own in lower case
        assertEquals(expected, Words.of(text));
      }
    }
  }

  /** Neither the machine's language nor its regional settings change a word. */
  @Test
  void theDefaultLocaleChangesNothing() {
    Locale was = Locale.getDefault();
    List<String> words = Words.of("TITLE 世界上最高的山 ภูเขาที่สูงที่สุด");
    try {
      for (String tag : List.of("tr-TR", "th-TH-u-nu-thai", "ja-JP", "zh-CN", "ar")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertEquals(words, Words.of("TITLE 世界上最高的山 ภูเขาที่สูงที่สุด"), tag);
      }
    } finally {
      Locale.setDefault(was);
    }
  }

  @Test
  void wordsAreCountedAsAPersonWould() {
    assertEquals(4, Words.count("It's a well-known fact."));
    assertEquals(6, Words.count("世界上最高的山是什么？"));
    assertEquals(0, Words.count("  "));
  }
}
