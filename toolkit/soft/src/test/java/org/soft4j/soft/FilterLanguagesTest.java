package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.Generation.Finish;

/** What filters, overlap and distinct-n take for words, outside English too. */
class FilterLanguagesTest {
  @Test
  void aHindiAnswerIsNoLoopAndAChineseLoopIsOne() {
    assertEquals(
        Optional.empty(),
        dropped("क्या", "दुनिया का सबसे ऊँचा पर्वत माउंट एवरेस्ट है और यह नेपाल में स्थित है।"));
    assertEquals(Optional.of("repeats_itself"), dropped("什么", "我不知道答案。".repeat(5)));
    assertEquals(Optional.of("repeats_itself"), dropped("อะไร", "ฉันไม่รู้คำตอบ ".repeat(5)));
    assertEquals(Optional.of("repeats_itself"), dropped("ok", "👍".repeat(12)));
    assertEquals(Optional.empty(), dropped("Which sign adds?", "+"));
    assertEquals(Optional.of("too_short"), dropped("Which sign adds?", "..."));
  }

  @Test
  void aCopiedQuestionIsFoundAndAnotherOneIsNot() {
    Contamination chinese = new Contamination(List.of("世界上最高的山是什么，它位于哪两个国家之间？"), 8);
    assertTrue(chinese.hits("请回答：世界上最高的山是什么，它位于哪两个国家之间？谢谢"));
    assertFalse(chinese.hits("世界上最长的河是什么？"));
    Contamination thai = new Contamination(List.of("ภูเขาที่สูงที่สุดในโลกคืออะไร"), 8);
    assertTrue(thai.hits("ช่วยตอบหน่อย ภูเขาที่สูงที่สุดในโลกคืออะไร"));
    // Once split at its vowel signs, this shared eight "words" with the first.
    Contamination hindi = new Contamination(List.of("दुनिया का सबसे ऊँचा पर्वत कौन सा है"), 8);
    assertFalse(hindi.hits("दुनिया का सबसे ऊँचा पुल कहाँ है"));
    assertTrue(hindi.hits("बताइए दुनिया का सबसे ऊँचा पर्वत कौन सा है"));
    Contamination signs = new Contamination(List.of("?"), 8);
    assertFalse(signs.hits("!!"), "texts without words are not all the same");
  }

  @Test
  void aLoopHasFewDistinctWords() {
    assertEquals(2 / 6.0, CollapseMeasures.distinct(List.of("很好很好很好".replace("很好", "手机很好")), 1));
  }

  private static Optional<String> dropped(String prompt, String response) {
    IclPool pool = IclPool.of(List.of(new Demonstration("d", "", "p", "r")));
    Label label =
        new Label("1", "", prompt, List.of(), response, 9, Finish.STOP_TOKEN, 2.0, 1.0, 1);
    return new LabelFilters(FilterSettings.DEFAULT, pool).reason(label);
  }
}
