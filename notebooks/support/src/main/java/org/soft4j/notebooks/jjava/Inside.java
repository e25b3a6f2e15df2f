package org.soft4j.notebooks.jjava;

import java.lang.reflect.Field;
import java.util.Optional;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.DisplayStream;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;

/** Parts of a JJava kernel that it does not hand out. */
final class Inside {
  private Inside() {}

  /** The shell that runs the cells. The class of kernels that have one is not on Maven Central. */
  static JShell shell(BaseKernel kernel) {
    try {
      return (JShell) kernel.getClass().getMethod("getJShell").invoke(kernel);
    } catch (ReflectiveOperationException otherwise) {
      throw new IllegalStateException("the kernel shows no JShell", otherwise);
    }
  }

  /** Where the outputs of the cell that runs now go; empty between cells. */
  static Optional<ShellReplyEnvironment> cell(BaseKernel kernel) {
    return Optional.ofNullable(
        ShellReplyEnvironment.class.cast(
            value(DisplayStream.class, "env", kernel.getIO().display)));
  }

  /** What hands messages to the kernel. */
  static JupyterConnection connection(ShellReplyEnvironment cell) {
    Object shell = cell.getShell();
    return JupyterConnection.class.cast(value(shell.getClass(), "connection", shell));
  }

  /** Gives a kernel a history; JJava answers from it where it has one. */
  static void setHistory(BaseKernel kernel, HistoryManager history) {
    try {
      field(BaseKernel.class, "historyManager").set(kernel, history);
    } catch (IllegalAccessException otherwise) {
      throw new IllegalStateException("the kernel takes no history", otherwise);
    }
  }

  private static Object value(Class<?> owner, String name, Object of) {
    try {
      return field(owner, name).get(of);
    } catch (IllegalAccessException otherwise) {
      throw new IllegalStateException("the kernel hides its " + name, otherwise);
    }
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException otherwise) {
      throw new IllegalStateException("the kernel has no " + name, otherwise);
    }
  }
}
