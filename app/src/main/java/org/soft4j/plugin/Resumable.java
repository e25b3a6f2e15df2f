package org.soft4j.plugin;

/** A command that keeps what is finished when it is stopped or killed, and goes on from there. */
public interface Resumable {
  /** What is kept, and where: {@code finished chunks are kept in labels}. */
  String kept();

  /**
   * The command that goes on.
   *
   * @param typed the command as it was typed, which goes on by itself where nothing else is said
   */
  default String goesOn(String typed) {
    return typed;
  }
}
