/**
 * YAML to records and back, strictly: every problem is kept with its line, and unknown keys are
 * problems. The records themselves are the declaration of what a file may hold. Not for hot paths.
 */
package io.cesync.yaml;
