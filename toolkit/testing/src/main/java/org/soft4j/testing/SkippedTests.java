package org.soft4j.testing;

import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says which tests were skipped and why; Surefire counts them alone. */
public final class SkippedTests implements TestExecutionListener {
  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    say(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      say(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
    }
  }

  private static void say(TestIdentifier test, String reason) {
    String name = test.getSource().map(source -> name(source, test)).orElse(test.getDisplayName());
    String why = reason.lines().findFirst().orElse("no reason given");
    Console.say("skipped " + name + ": " + why.replaceFirst("^Assumption failed: ", ""));
  }

  private static String name(Object source, TestIdentifier test) {
    if (source instanceof MethodSource method) {
      String row = test.getLegacyReportingName();
      String index = row.contains("[") ? row.substring(row.indexOf('[')) : "";
      return simple(method.getClassName()) + "." + method.getMethodName() + index;
    }
    return Optional.of(source)
        .filter(ClassSource.class::isInstance)
        .map(type -> simple(((ClassSource) type).getClassName()))
        .orElse(test.getDisplayName());
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
