package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;

class NotebookFileTest {
  private static final String PAGE =
      """
      {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# A page"},
        {"cell_type": "code", "id": "b", "metadata": {"tags": ["parameters"]}, "outputs": [],
         "execution_count": null,
         "source": ["long seed = 1; // of every draw\\n", "double rate = 0.5, other = 2;\\n",
                    "String name = \\"a; b\\";"]},
        {"cell_type": "code", "id": "c", "metadata": {}, "outputs": [], "execution_count": null,
         "source": "seed"}]}
      """;

  private final NotebookFile page =
      new NotebookFile(Json.read(PAGE, ObjectNode.class, "page"), "page.ipynb");

  @Test
  void givenValuesStandInACellAfterTheParametersWithTheirTypes() {
    JsonNode cells = page.with(Map.of("seed", "2")).page().get("cells");

    assertEquals(4, cells.size());
    assertEquals("injected-parameters", cells.get(2).at("/metadata/tags/0").asText());
    assertEquals("// given by -p\nlong seed = 2L;", NotebookFile.source(cells.get(2)));
  }

  @Test
  void aSecondCallReplacesWhatTheFirstGave() {
    JsonNode cells = page.with(Map.of("seed", "2")).with(Map.of("name", "x")).page().get("cells");

    assertEquals(4, cells.size());
    assertEquals("// given by -p\nString name = \"x\";", NotebookFile.source(cells.get(2)));
  }

  @Test
  void everyVariableOfADeclarationIsAParameter() {
    JsonNode cells = page.with(Map.of("other", "3")).page().get("cells");

    assertEquals("// given by -p\ndouble other = 3.0;", NotebookFile.source(cells.get(2)));
  }

  @Test
  void anUnknownParameterIsAnsweredWithTheKnownOnes() {
    UserError error = assertThrows(UserError.class, () -> page.with(Map.of("sed", "2")));

    assertTrue(error.getMessage().contains("seed"), error::toString);
    assertTrue(error.remedy().contains("seed, rate, other, name"), error::toString);
  }

  @Test
  void aParameterThatALaterCellDeclaresAgainIsRefused() {
    ((ObjectNode) page.page().at("/cells/2")).put("source", "int rows = 3;\nlong seed = rows;");

    UserError error = assertThrows(UserError.class, () -> page.with(Map.of("seed", "2")));

    assertTrue(error.getMessage().contains("declares seed again"), error::toString);
    assertTrue(error.getMessage().contains("(number 3)"), error::toString);
    assertEquals(4, page.with(Map.of("rate", "1")).page().get("cells").size());
  }

  @Test
  void aLoopsOwnVariableAndAnAssignmentAreNoDeclarations() {
    ((ObjectNode) page.page().at("/cells/2"))
        .put("source", "for (int seed = 0; seed < 2; seed++) {}\nseed = 4;");

    assertEquals(4, page.with(Map.of("seed", "2")).page().get("cells").size());
  }

  @Test
  void whatTheCellComputesFromAParameterMustBeGivenToo() {
    ((ObjectNode) page.page().at("/cells/1"))
        .put("source", "long other = 5, seed = 1, twice = 2 * seed; String name = \"seed\";");

    UserError error = assertThrows(UserError.class, () -> page.with(Map.of("seed", "2")));

    assertTrue(error.getMessage().contains("computes twice from seed"), error::toString);
    assertEquals(
        "// given by -p\nlong seed = 2L;\nlong twice = 4L;",
        NotebookFile.source(
            page.with(new java.util.TreeMap<>(Map.of("seed", "2", "twice", "4")))
                .page()
                .at("/cells/2")));
  }

  @Test
  void aPageWithoutParametersIsLeftAloneAndTakesNone() {
    ObjectNode bare = Json.read("{\"cells\": []}", ObjectNode.class, "bare");
    NotebookFile file = new NotebookFile(bare, "bare.ipynb");

    assertEquals(file, file.with(Map.of()));
    assertThrows(UserError.class, () -> file.with(Map.of("seed", "2")));
  }
}
