package org.soft4j.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record component an option: its meaning, the flag that is an alias of its key, and the
 * commands that take it. On a component that is a record itself, it speaks for the whole group.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {
  /** What it means, for help texts and for errors. */
  String value();

  /** The flag, such as {@code --limit}; empty where {@code --set} alone reaches it. */
  String flag() default "";

  /** What the help text calls the flag's value. */
  String label() default "VALUE";

  /** Which texts it takes, where its kind does not tell; such as {@code auto, cpu, gpu:N}. */
  String values() default "";

  /** What its number counts, such as {@code tokens}; empty for a bare number. */
  String unit() default "";

  /** Commands that take it; none given, those of its group. */
  String[] commands() default {};

  /** Whether a list's flag is given once for each value, since a value may hold a comma. */
  boolean repeated() default false;
}
