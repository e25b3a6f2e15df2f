package org.soft4j.notebooks;

import java.util.List;
import java.util.stream.Collectors;
import org.soft4j.notebooks.cells.CellCheck;

/** The notices of a cell, as the last of its outputs. */
public final class NoticeHtml {
  /** Stands in the metadata of that output; {@code notebook run} looks for it. */
  public static final String MARK = "soft4j_notice";

  private static final String STYLE =
      "border-left: 4px solid #c80; padding: 2px 8px; white-space: pre-wrap";

  private NoticeHtml() {}

  /** All notices in one. */
  public static Shown of(List<CellCheck.Notice> notices) {
    String text =
        notices.stream()
            .map(notice -> "soft4j: " + notice.what() + "\n  " + notice.remedy())
            .collect(Collectors.joining("\n"));
    return Shown.html("<div style=\"" + STYLE + "\">" + Html.escape(text) + "</div>", text);
  }
}
