package io.cesync.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one declaration of a key: its name and type are the record component's, the rest stands here.
 * Parsing, the commented file and the table in the README all come from it.
 *
 * <p>A component without this annotation is required unless it is an {@link java.util.Optional}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Declared {
  /** Stands for "no default: the file must have this key". */
  String REQUIRED = "(required)";

  /** What it is for, in one line. */
  String text();

  /**
   * The default, as YAML; empty if a missing key means absent (an Optional) or a section of
   * defaults.
   */
  String byDefault() default REQUIRED;

  /** What the commented file shows, as YAML, for keys without a default. */
  String example() default "";

  /** The least value, as YAML; for lists the least size. */
  String min() default "";

  /** The greatest value, as YAML. */
  String max() default "";
}
