package org.soft4j.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a record component an option: its meaning, and the flag that is an alias of its key. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {
  /** What it means, for help texts. */
  String value();

  /** The flag, such as {@code --limit}; empty where {@code --set} alone reaches it. */
  String flag() default "";

  /** What the help text calls the flag's value. */
  String label() default "VALUE";
}
