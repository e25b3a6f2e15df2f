package org.soft4j.notebooks.cells;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Javadoc comment as plain text. */
final class JavadocText {
  private static final Pattern INLINE =
      Pattern.compile("\\{@(code|literal|link|linkplain|value)\\s+([^{}]*)\\}");
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^\\s*@(param|return|throws|exception|see|since)\\s+");

  private JavadocText() {}

  /** Its lines, indented, to stand below a signature; empty where there is none. */
  static String below(String comment) {
    if (comment == null || comment.isBlank()) {
      return "";
    }
    String text = INLINE.matcher(comment).replaceAll(JavadocText::inline);
    text = text.replaceAll("<(p|br)\\s*/?>", "\n").replaceAll("<li>", "- ");
    text = text.replaceAll("</?[a-zA-Z][^<>]*>", "");
    text = BLOCK.matcher(text).replaceAll(JavadocText::block);
    text =
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&");
    return "\n    " + text.strip().replaceAll("\\n\\s*\\n+", "\n").replaceAll("\\n\\s*", "\n    ");
  }

  private static String inline(java.util.regex.MatchResult tag) {
    String inside = tag.group(2).strip();
    if (tag.group(1).startsWith("link") && inside.contains(" ")) {
      inside = inside.substring(inside.indexOf(' ') + 1);
    }
    return Matcher.quoteReplacement(inside.replace("<", "&lt;").replaceFirst("^#", ""));
  }

  private static String block(java.util.regex.MatchResult tag) {
    return switch (tag.group(1)) {
      case "param" -> "";
      case "return" -> "returns ";
      case "exception" -> "throws ";
      default -> tag.group(1) + " ";
    };
  }
}
