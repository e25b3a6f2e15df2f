package org.soft4j.lm.text;

import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.el.JinjavaProcessors;
import jinjava.javax.el.CompositeELResolver;

/** What every template is run under: Python's Jinja as near as jinjava comes to it, and bounds. */
final class Jinja {
  private static final int CHARACTERS = 16_000_000;
  private static final int ELEMENTS = 100_000;

  private Jinja() {}

  static JinjavaConfig.Builder config() {
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new PythonText());
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    return JinjavaConfig.newBuilder()
        .withElResolver(resolver)
        // Otherwise braces in a text that is filled in would be run as a template.
        .withNestedInterpretationEnabled(false)
        .withProcessors(
            JinjavaProcessors.newBuilder().withNodePreProcessor(new TemplateBounds()).build())
        .withMaxOutputSize(CHARACTERS)
        .withMaxStringLength(CHARACTERS)
        .withMaxListSize(ELEMENTS)
        .withMaxMapSize(ELEMENTS)
        .withLegacyOverrides(
            LegacyOverrides.newBuilder()
                .withEvaluateMapKeys(true)
                .withIterateOverMapKeys(true)
                .withUsePyishObjectMapper(true)
                .withUseNaturalOperatorPrecedence(true)
                .withParseWhitespaceControlStrictly(true)
                .withAllowAdjacentTextNodes(true)
                .withUseTrimmingForNotesAndExpressions(true)
                .withKeepNullableLoopValues(true)
                .build());
  }
}
