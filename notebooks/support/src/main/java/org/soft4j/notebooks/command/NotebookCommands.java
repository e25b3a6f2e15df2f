package org.soft4j.notebooks.command;

import org.soft4j.plugin.OutsideCommand;

/** Found by the command line through ServiceLoader. */
public final class NotebookCommands implements OutsideCommand {
  /** Called by ServiceLoader. */
  public NotebookCommands() {}

  @Override
  public String name() {
    return "notebook";
  }

  @Override
  public Object command() {
    return new NotebookCommand();
  }
}
