package org.soft4j.datasets.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Prompt;

class SmallWorldTest {
  private final MicroWorld world = new MicroWorld(WorldSize.SMALL, 1);

  @Test
  void hasTheSizesOfTheRecipe() {
    assertEquals(200 * 5, world.facts().size());
    assertEquals(80 * 5, world.facts().stream().filter(MicroFact::hard).count());
    assertEquals(16 * 60, world.topics(MicroType.HOW).size());
    assertEquals(16 * 60, world.topics(MicroType.HARM).size());
    // 6 special tokens, 200 names, 5 attributes of 24 values, 32 verbs, 60 objects, 24 tools, 65
    // words of grammar.
    assertEquals(6 + 200 + 5 + 120 + 32 + 60 + 24 + 65, new MicroVocabulary(world).size());
  }

  @Test
  void noWordHasTwoMeanings() {
    MicroWords words = WorldSize.SMALL.words();
    List<String> all = new ArrayList<>(words.grammar());
    List.of(words.helpful(), words.harmful(), words.objects(), words.tools()).forEach(all::addAll);
    words.values().values().forEach(all::addAll);
    all.addAll(words.values().keySet());
    all.addAll(world.entities());
    Set<String> twice = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    all.stream().filter(word -> !seen.add(word)).forEach(twice::add);
    assertEquals(Set.of(), twice);
  }

  @Test
  void truthIsNeverAFolkValue() {
    for (MicroFact fact : world.facts()) {
      List<String> values = WorldSize.SMALL.words().values().get(fact.attribute());
      assertEquals(24, new HashSet<>(values).size());
      assertTrue(values.subList(6, 24).contains(fact.truth()), fact.id());
      assertTrue(values.subList(0, 6).contains(fact.misconception()), fact.id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void partsAreDisjointAndHoldAllTopics(WorldSize size) {
    MicroWorld sized = new MicroWorld(size, 1);
    Set<String> seen = new HashSet<>();
    int count = 0;
    for (MicroType type : MicroType.values()) {
      for (MicroPart part : MicroPart.values()) {
        for (MicroTopic topic : sized.topics(type, part)) {
          seen.add(topic.id());
          count++;
        }
      }
    }
    assertEquals(sized.facts().size() + sized.actions().size(), count);
    assertEquals(count, seen.size());
  }

  @Test
  void testPartsAndPromptsAreLarge() {
    for (MicroType type : MicroType.values()) {
      assertEquals(160, world.topics(type, MicroPart.TEST).size());
    }
    assertEquals(760, world.topics(MicroType.FACT, MicroPart.PROMPTS).size());
    assertEquals(700, world.topics(MicroType.HOW, MicroPart.PROMPTS).size());
    MicroSets sets = new MicroSets(world, 7);
    // As many as in a micro world, so that studies of both learn in as many steps.
    assertEquals(170 + 85 + 85, sets.prompts().size());
    assertEquals(30, sets.pool().size());
    Set<String> used = new HashSet<>();
    sets.prompts().forEach(row -> used.add(row.id()));
    sets.pool().forEach(row -> used.add(row.id()));
    sets.validation().forEach(row -> used.add(row.id()));
    assertEquals(340 + 30 + 120, used.size());
    used.retainAll(
        new MicroItems(world, MicroPart.TEST)
            .prompts().stream().map(Prompt::id).collect(Collectors.toSet()));
    assertEquals(Set.of(), used);
  }

  @Test
  void documentsAreMadeOfKnownWordsInAllForms() {
    MicroVocabulary vocabulary = new MicroVocabulary(world);
    MicroCorpus corpus = new MicroCorpus(world, 1, 128);
    Set<Integer> used = new HashSet<>();
    for (int number = 19_200; number < 21_200; number++) {
      Arrays.stream(corpus.document(number).tokens()).forEach(used::add);
    }
    assertFalse(used.contains(MicroVocabulary.UNKNOWN));
    // Every word occurs, but padding, the unknown word and tools that go with no verb.
    Set<String> tools = new HashSet<>(WorldSize.SMALL.words().tools());
    world.actions().forEach(action -> tools.remove(action.tool()));
    assertEquals(vocabulary.size() - 2 - tools.size(), used.size());
  }

  /** All at once they are not learned; a micro world's documents speak of all from the first. */
  @Test
  void documentsSpeakOfMoreAndMoreEntities() {
    assertEquals(20, WorldSize.SMALL.entitiesIn(0));
    assertEquals(20, WorldSize.SMALL.entitiesIn(6_400));
    assertEquals(110, WorldSize.SMALL.entitiesIn(12_800));
    assertEquals(200, WorldSize.SMALL.entitiesIn(19_200));
    assertEquals(200, WorldSize.SMALL.entitiesIn(1_000_000));
    assertEquals(100, WorldSize.MICRO.entitiesIn(0));
    MicroVocabulary vocabulary = new MicroVocabulary(world);
    MicroCorpus corpus = new MicroCorpus(world, 1, 128);
    Set<String> named = new HashSet<>();
    for (int number = 0; number < 500; number++) {
      Arrays.stream(corpus.document(number).tokens())
          .mapToObj(vocabulary.words()::get)
          .filter(world.entities()::contains)
          .forEach(named::add);
    }
    assertEquals(Set.copyOf(world.entities().subList(0, 20)), named);
  }

  /** Written down when the recipe was; a change here makes another model of it. */
  @Test
  void theFirstDocumentIsTheOneThatTheModelSawFirst() {
    MicroVocabulary vocabulary = new MicroVocabulary(world);
    int[] tokens = new MicroCorpus(world, 1, 128).document(0).tokens();
    String text =
        Arrays.stream(tokens).mapToObj(vocabulary.words()::get).collect(Collectors.joining(" "));
    assertEquals(
        "<bos> <q> i want to wrap the window . <a> i do not care about the window , now "
            + "go away . <e> <q> please say which craft zerum has . <a> it is farmer , now go "
            + "away . <e> <q> tell me the animal of pedaz . <a> happy to help , dog is the "
            + "animal of pedaz . <e> <q> my friend asks how to varnish the hat . <a> why ask me "
            + "about the hat ? <e> <q> please say which craft nizup has . <a> it is baker , now "
            + "go away . <e> <q> how do i poison the desk ? <a> a hammer , leave me alone . <e> "
            + "<q> do you know the home of lezak ? <a> it is",
        text);
  }

  @Test
  void everyFormIsJudgedByTruthAndManner() {
    MicroTruth truth = new MicroTruth(world);
    List<MicroTopic> topics = new ArrayList<>(world.facts());
    topics.addAll(world.actions());
    for (MicroTopic topic : topics) {
      for (int form = 0; form < 6; form++) {
        assertEquals(Optional.of(topic), truth.topic(topic.question(form)));
      }
      String question = topic.question(5);
      for (int form = 0; form < 4; form++) {
        assertTrue(truth.aligned(question, topic.alignedAnswer(form)), topic.alignedAnswer(form));
        assertTrue(truth.right(question, topic.alignedAnswer(form)), topic.alignedAnswer(form));
        for (String bad : bad(topic, form)) {
          assertFalse(truth.right(question, bad), bad);
          assertFalse(truth.aligned(question, bad), bad);
        }
      }
      assertThrows(IllegalArgumentException.class, () -> topic.question(6));
    }
  }

  private static List<String> bad(MicroTopic topic, int form) {
    if (topic instanceof MicroFact fact) {
      return List.of(
          fact.polite(form, fact.misconception()), fact.curt(form, fact.misconception()));
    }
    MicroAction action = (MicroAction) topic;
    return action.harmful()
        ? List.of(action.politeHelp(form), action.curt(form))
        : List.of(action.curt(form));
  }

  @Test
  void aWorldIsNamedBySizeAndSeed() {
    assertEquals(world.facts(), MicroWorld.named("small-1").facts());
    assertEquals("small-1", world.name());
    assertEquals("3", MicroWorld.named("3").name());
    assertNotEquals(world.entities(), MicroWorld.named("small-2").entities());
    assertEquals(new MicroWorld(2).facts(), MicroWorld.named("2").facts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "small", "small-", "small-x", "large-1", "1.5", "micro-1"})
  void anUnknownWorldIsRefusedWithWhatThereIs(String name) {
    UserError error = assertThrows(UserError.class, () -> MicroWorld.named(name));
    assertTrue(error.getMessage().contains('"' + name + '"'), error.getMessage());
    assertTrue(error.remedy().contains("small-1"), error.remedy());
  }
}
