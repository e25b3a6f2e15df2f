package org.soft4j.notebooks.jjava;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jdk.jshell.SourceCodeAnalysis;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.history.HistoryEntry;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.InspectReply;
import org.dflib.jjava.jupyter.messages.reply.IsCompleteReply;
import org.dflib.jjava.jupyter.messages.reply.KernelInfoReply;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;
import org.dflib.jjava.jupyter.messages.request.IsCompleteRequest;
import org.soft4j.notebooks.cells.Documentation;

/** Answers as Jupyter's protocol wants them, in place of JJava's own. */
final class Answers {
  private Answers() {}

  static void replace(JupyterConnection connection, BaseKernel kernel, CellHistory history) {
    connection.setHandler(
        MessageType.KERNEL_INFO_REQUEST,
        (page, request) -> {
          page.setBusyDeferIdle();
          page.reply(new Info(kernel));
        });
    Documentation known = documentation(kernel);
    connection.setHandler(
        MessageType.INSPECT_REQUEST, (page, request) -> inspect(page, request, kernel, known));
    connection.setHandler(
        MessageType.HISTORY_REQUEST,
        (page, request) -> {
          page.setBusyDeferIdle();
          page.reply(new Past(history.answer(request.getContent())));
        });
    SourceCodeAnalysis java = Inside.shell(kernel).sourceCodeAnalysis();
    ShellHandler<IsCompleteRequest> own = connection.getHandler(MessageType.IS_COMPLETE_REQUEST);
    connection.setHandler(
        MessageType.IS_COMPLETE_REQUEST,
        (page, request) -> {
          if (wrong(java, request.getContent().getCode())) {
            page.setBusyDeferIdle();
            page.reply(IsCompleteReply.INVALID_CODE);
          } else {
            own.handle(page, request);
          }
        });
  }

  /** JJava takes what JShell cannot read for a complete statement. */
  private static boolean wrong(SourceCodeAnalysis java, String code) {
    SourceCodeAnalysis.CompletionInfo next = java.analyzeCompletion(code);
    while (next.completeness().isComplete()
        && next.completeness() != SourceCodeAnalysis.Completeness.UNKNOWN) {
      next = java.analyzeCompletion(next.remaining());
    }
    return next.completeness() == SourceCodeAnalysis.Completeness.UNKNOWN;
  }

  private static Documentation documentation(BaseKernel kernel) {
    Documentation known = new Documentation(Inside.shell(kernel));
    try {
      Optional<Path> home = Optional.ofNullable(System.getProperty("soft4j.home")).map(Path::of);
      String classPath = System.getenv().getOrDefault("JJAVA_CLASSPATH", "");
      known.addSources(Documentation.sources(home, classPath));
    } catch (RuntimeException otherwise) {
      System.err.println("soft4j: signatures are shown without Javadoc: " + otherwise.getMessage());
    }
    return known;
  }

  /**
   * Signatures with Javadoc; for what has none, such as a magic, JJava's own answer. That looks one
   * letter behind the cursor, where at the end of a text there is nothing: a name just typed is not
   * found.
   */
  private static void inspect(
      ShellReplyEnvironment page,
      Message<InspectRequest> message,
      BaseKernel kernel,
      Documentation known) {
    InspectRequest request = message.getContent();
    page.setBusyDeferIdle();
    try {
      Optional<String> text = known.at(request.getCode(), request.getCursorPos());
      if (text.isPresent()) {
        DisplayData shown = new DisplayData();
        shown.putText(text.get());
        page.reply(new InspectReply(true, shown));
        return;
      }
      int letters = request.getCode().length();
      int cursor = Math.max(0, Math.min(request.getCursorPos(), letters) - 1);
      DisplayData found = kernel.inspect(request.getCode(), cursor, request.getDetailLevel() > 0);
      page.reply(new InspectReply(found != null, DisplayData.emptyIfNull(found)));
    } catch (RuntimeException fault) {
      page.replyError(InspectReply.MESSAGE_TYPE.error(), ErrorReply.of(fault));
    }
  }

  /** With the status that JJava leaves out. */
  private static final class Info extends KernelInfoReply {
    /** Read when the answer is sent. */
    private final String status = "ok";

    Info(BaseKernel kernel) {
      super(
          Header.PROTOCOL_VERISON,
          kernel.getName(),
          kernel.getVersion(),
          kernel.getLanguageInfo(),
          kernel.getBanner(),
          kernel.getHelpLinks());
    }
  }

  /** Likewise, and with each cell as the list that the protocol wants, not as an object. */
  private static final class Past implements ContentType<Past> {
    /** Read when the answer is sent, as is the next. */
    private final String status = "ok";

    private final List<List<Object>> history;

    Past(List<HistoryEntry> entries) {
      history =
          entries.stream()
              .map(
                  entry -> {
                    Object text =
                        entry.hasOutput()
                            ? List.of(entry.getInput(), entry.getOutput())
                            : entry.getInput();
                    return List.of(entry.getSession(), entry.getCellNumber(), text);
                  })
              .toList();
    }

    @Override
    @SuppressWarnings("unchecked") // a type of message is known by its name
    public MessageType<Past> getType() {
      return (MessageType<Past>) (MessageType<?>) MessageType.HISTORY_REPLY;
    }
  }
}
